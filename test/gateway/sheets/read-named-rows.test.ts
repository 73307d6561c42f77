import { expect, it } from 'vitest';
import { readNamedRows, type SheetSource, writeXlsx } from '../../../src/gateway/sheets/index.js';

const wanted = {
  headings: { member: ['会员号'], mobile: ['手机号码'], address: ['家庭住址'] },
  keys: ['member'],
  rowsMax: 3,
} as const;

const csv = (...lines: readonly string[]): SheetSource => ({ format: 'csv', bytes: Buffer.from(lines.join('\n')) });
const read = (source: SheetSource) => readNamedRows<keyof typeof wanted.headings>(source, wanted);
const saidOf = (source: SheetSource) =>
  read(source).then(
    () => undefined,
    ({ code, line, message }) => [code, line, message],
  );

it('gives each row with the line on which it begins, below a title, behind empty rows and cells of several lines', async () => {
  const lines = ['名单', '家庭住址, 会员号 *', '', '"中山路\n1号",A1', ',,', '中山路，2号，西,A2'];
  expect(await read(csv(...lines))).toEqual([
    { line: 4, values: { address: '中山路\n1号', member: 'A1' }, rounded: [] },
    { line: 7, values: { address: '中山路，2号，西', member: 'A2' }, rounded: [] },
  ]);
  const rows = [['名单'], ['会员号', '手机号码'], [], ['A1', '13900574001']];
  const bytes = await writeXlsx([{ name: '名单', widths: [10, 10], rows }]);
  expect(await read({ format: 'xlsx', bytes })).toEqual([
    { line: 4, values: { member: 'A1', mobile: '13900574001' }, rounded: [] },
  ]);
});

it('tells what lost digits, and repeats nothing that stands in a file that is none', async () => {
  expect(await read(csv('member,mobile', 'A1,1.39006E+10'))).toMatchObject([{ rounded: ['mobile'] }]);
  const number = '6228000100000000017';
  const said = [
    await saidOf(csv(number)),
    await saidOf(csv(`member,${number}`)),
    await saidOf(csv('member,会员号')),
    await saidOf(csv('member', `"${number}`)),
    await saidOf(csv('member', '1', '2', '3', '4')),
    await saidOf({ format: 'xlsx', bytes: Buffer.from(number) }),
  ];
  expect(said.map((one) => one!.slice(0, 2))).toEqual([
    ['headings-missing', 1],
    ['column-unknown', 1],
    ['column-doubled', 1],
    ['file-not-readable', 2],
    ['too-many-rows', undefined],
    ['file-not-readable', undefined],
  ]);
  expect(JSON.stringify(said)).not.toContain(number);
});
