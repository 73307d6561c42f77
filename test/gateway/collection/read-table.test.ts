import { Buffer } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import yazl from 'yazl';
import { findHeadings } from '../../../src/gateway/collection/columns.js';
import { readTable } from '../../../src/gateway/collection/read-table.js';
import { readCsv } from '../../../src/gateway/sheets/read-csv.js';
import { readXlsx } from '../../../src/gateway/sheets/read-xlsx.js';
import { writeCsv } from '../../../src/gateway/sheets/write-csv.js';
import { writeXlsx } from '../../../src/gateway/sheets/write-xlsx.js';

const REQUIRED = ['name', 'sex', 'identityNumber', 'mobile', 'address'] as const;
const HEADINGS = ['姓名', '性别', '身份证号码', '手机', '家庭住址'];
const ROW = ['王小明', '女', '11010519491231002X', '13900000000', '解放南路168号, 2单元'];

/** A file of an office, packed as any other program might. */
function packed(parts: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const zip = new yazl.ZipFile();
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    zip.outputStream.on('data', (chunk: Buffer) => chunks.push(chunk));
    zip.outputStream.on('end', () => resolve(Buffer.concat(chunks)));
    zip.outputStream.on('error', reject);
  });
}

const PARTS = {
  '_rels/.rels':
    '<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="/book/main.xml"/></Relationships>',
  'book/_rels/main.xml.rels':
    '<Relationships><Relationship Id="a" Type="x/worksheet" Target="hidden.xml"/><Relationship Id="b" Type="x/worksheet" Target="./one.xml"/><Relationship Id="s" Type="x/sharedStrings" Target="/book/texts.xml"/></Relationships>',
  'book/main.xml':
    '<x:workbook xmlns:x="m" xmlns:r="n"><x:sheets><x:sheet name="h" state="hidden" r:id="a"/><x:sheet name="o" r:id="b"/></x:sheets></x:workbook>',
  'book/hidden.xml': '<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>',
  'book/texts.xml':
    '<sst><si><t>姓名</t></si><si><r><t>性</t></r><r><t xml:space="preserve">别 </t></r><rPh sb="0" eb="1"><t>セイ</t></rPh></si><si><t>王 &amp; 明</t></si></sst>',
  'book/one.xml':
    '<worksheet><sheetData><row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="D2" t="inlineStr"><is><t>手机</t></is></c><c t="str"><f>A1</f><v>证件号码</v></c></row><row r="900000"/><row r="900001"><c r="A900001" t="s"><v>2</v></c><c r="C900001"><v>36526</v></c><c r="D900001"><v>1.39E10</v></c><c r="E900001"><v>3.30203198001010010E17</v></c><c r="XFD900001"><v>1</v></c></row></sheetData></worksheet>',
};

it('reads what another program has packed: shared, inline and computed texts, numbers, rows far down', async () => {
  const rows = await readXlsx(await packed(PARTS), 10);
  expect(rows).toEqual([
    { row: 2, cells: [{ text: '姓名' }, { text: '性别' }, undefined, { text: '手机' }, { text: '证件号码' }] },
    {
      row: 900001,
      cells: [
        { text: '王 & 明' },
        undefined,
        { text: '36526', isNumber: true },
        { text: '13900000000', isNumber: true },
        { text: '3.30203198001010010E17', isNumber: true },
      ],
    },
  ]);
});

it('reads workbooks of a library as they were written', async () => {
  const data = [HEADINGS, ROW].map((row) => row.map((value) => ({ type: String, value })));
  const bytes = await writeXlsxFile([[null, { type: String, value: '名册' }], [], ...data]).toBuffer();
  const { headings, rows } = await readTable({ format: 'xlsx', bytes }, REQUIRED, 10);
  expect(headings.row).toBe(3);
  expect(rows.map(({ row, cells }) => [row, cells.map((cell) => cell?.text)])).toEqual([[4, ROW]]);
  const own = await writeXlsx([
    { name: '一', widths: [9, 9, 9, 9, 9], rows: [HEADINGS, ROW], spareRows: 3, choices: new Map([[1, ['男', '女']]]) },
  ]);
  expect((await readTable({ format: 'xlsx', bytes: own }, REQUIRED, 10)).rows).toHaveLength(1);
});

it('refuses what is no workbook, what is larger than it looks and what would name entities', async () => {
  const codeOf = (parts: Readonly<Record<string, string>>) =>
    packed(parts).then((bytes) =>
      readXlsx(bytes, 10, 1_000_000).then(
        () => 'read',
        ({ code }: { code: string }) => code,
      ),
    );
  expect(await codeOf({})).toBe('file-not-readable');
  expect(await codeOf({ ...PARTS, 'book/one.xml': '<worksheet>' })).toBe('file-not-readable');
  const lol = '<!DOCTYPE x [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>';
  expect(await codeOf({ ...PARTS, 'book/texts.xml': lol })).toBe('file-not-readable');
  const bomb = `<worksheet><sheetData>${' '.repeat(1_000_000)}</sheetData></worksheet>`;
  expect(await codeOf({ ...PARTS, 'book/one.xml': bomb })).toBe('file-too-large-unpacked');
  const many = `<worksheet><sheetData>${'<row><c><v>1</v></c></row>'.repeat(1011)}</sheetData></worksheet>`;
  expect(await codeOf({ ...PARTS, 'book/one.xml': many })).toBe('too-many-rows');
  await expect(readXlsx(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), 10)).rejects.toMatchObject({
    code: 'workbook-protected',
  });
  await expect(readXlsx(Buffer.from('PK\u0003\u0004 no'), 10)).rejects.toMatchObject({ code: 'file-not-readable' });
});

/** GB18030 of these texts, as an office's spreadsheet saves them. */
const GBK = Buffer.from('d0d5c3fb2cd6a4bcfebac5c2eb0d0acdf5d0a1c3f72c312c0d0a', 'hex');

it('reads CSV in every encoding and with every separator that offices have', () => {
  const texts = (bytes: Uint8Array) => readCsv(bytes, 10).map(({ cells }) => cells.map((cell) => cell?.text));
  const wanted = [
    ['姓名', '证件号码'],
    ['王小明', '1', undefined],
  ];
  expect(texts(GBK)).toEqual(wanted);
  const utf16 = Buffer.from('\ufeff姓名\t证件号码\r\n王小明\t1\t\r\n', 'utf16le');
  expect(texts(utf16)).toEqual(wanted);
  expect(texts(Buffer.from(utf16).swap16())).toEqual(wanted);
  for (const separator of [',', ';', '\t', '，']) {
    const text = `姓名${separator}证件号码\n\n王小明${separator}="1"${separator}\n`;
    expect(texts(Buffer.from(text))).toEqual(wanted);
    expect(texts(Buffer.from(`\ufeff${text}`))).toEqual(wanted);
  }
  expect(() => readCsv(Uint8Array.of(0x81, 0x20, 0xff), 10)).toThrow(
    expect.objectContaining({ code: 'encoding-unknown' }),
  );
  expect(() => readCsv(Buffer.from('a\n'.repeat(1012)), 10)).toThrow(
    expect.objectContaining({ code: 'too-many-rows' }),
  );
});

it('gives back cells as they came, whatever they hold, and none that a spreadsheet would compute', () => {
  const cell = fc.string({ unit: fc.constantFrom(...'a1=+-@|%"\',;甬\t\n 0'), maxLength: 8 });
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 4 }), (cells) => {
      const written = writeCsv([['a', 'b', 'c', 'd'], cells]);
      for (const each of parse(written, { bom: true, relax_column_count: true }).flat())
        expect(each).not.toMatch(/^[=+@|%\r\n-]/);
      const [, row] = readCsv(Buffer.from(written), 10);
      const once = (row?.cells ?? []).map((each) => each?.text ?? '');
      const again = readCsv(Buffer.from(writeCsv([['a', 'b', 'c', 'd'], once])), 10)[1]?.cells ?? [];
      expect(again.map((each) => each?.text ?? '')).toEqual(once);
    }),
    { numRuns: 50 },
  );
});

it('finds the headings in any order, in both languages, and says which are missing', () => {
  const rows = (...texts: readonly string[][]) =>
    texts.map((cells, index) => ({ row: index + 1, cells: cells.map((text) => ({ text })) }));
  const wide = ['２０１６年名册'];
  const mixed = [
    '家庭住址（现）',
    'Mobile Number',
    '姓 名*',
    '证件号码\ndocument number',
    'SEX',
    '备注',
    '原因 reason',
  ];
  const { row, placeOf, reasons } = findHeadings(rows(wide, mixed), REQUIRED);
  expect([row, Object.fromEntries(placeOf), [...reasons]]).toEqual([
    2,
    { address: 0, mobile: 1, name: 2, identityNumber: 3, sex: 4 },
    [6],
  ]);
  const codeOf = (...texts: readonly string[][]) => {
    try {
      return findHeadings(rows(...texts), REQUIRED);
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(codeOf(['姓名', '证件号码'])).toBe('column-missing');
  expect(codeOf([...HEADINGS, '手机号'])).toBe('column-doubled');
  expect(codeOf(ROW)).toBe('headings-missing');
});
