import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { encode, fromHex, toHex } from '../../../emv/index.js';
import { decodeCommand } from '../../../src/cli/commands/decode.js';
import { CommandError } from '../../../src/cli/exit-codes.js';
import { readVectors } from '../../emv/read-vectors.js';
import { temporaryFolder } from '../support/yongtap.js';

const folder = temporaryFolder();
afterEach(() => vi.restoreAllMocks());

/** What the command prints. */
async function run(...words: string[]): Promise<string> {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text).trimEnd()) > 0);
  await decodeCommand().exitOverride().parseAsync(words, { from: 'user' });
  return lines.join('\n');
}

/** The error that ends the command; its text is what people see. */
async function refusal(...words: string[]): Promise<CommandError> {
  const error = await run(...words).catch((thrown: unknown) => thrown);
  if (error instanceof CommandError) return error;
  throw new Error(`not refused: ${words.join(' ')}`);
}

const tags = async (...words: string[]): Promise<string[]> =>
  (JSON.parse(await run(...words, '--json')) as { tag: string }[]).map(({ tag }) => tag);

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const qualifiers = '9F660428000080';

describe('what is taken for bytes', () => {
  it.each([
    [['9F660428000080']],
    [['9f66 04', '28:00:00:80']],
    [['9F-66-04-28-00-00-80']],
    [['0x9F660428000080']],
    [['0x9F,', '0x66,', '0x04,', '0x28,', '0x00,', '0x00,', '0x80']],
    [['9F66\n 04\r\n\t28000080\n']],
    [['n2YEKAAAgA==']],
  ])('%j', async (words) => {
    expect(await run(...words)).toBe(await run(qualifiers));
  });

  it('is in a file too, as text or as it stands', async () => {
    const expected = await run(qualifiers);
    expect(await run(file('hex.txt', '9F66 04\n2800 0080\n'))).toBe(expected);
    expect(await run(file('base64.txt', 'n2YEKAAA\ngA==\n'))).toBe(expected);
    expect(await run(file('binary', fromHex(qualifiers)))).toBe(expected);
  });
});

describe('what is taken for a track', () => {
  const told = 'PAN Card number  622800******1117\nEXPIRY Expiry  2512  2025-12';
  it.each([
    [';6228000100001117=25122010000?'],
    ['6228000100001117=25122010000'],
    ['6228000100001117D25122010000'],
    ['6228000100001117D251220100001F'],
    ['62280001 00001117 D2512201 0000'],
    ['%B6228000100001117^ZHANG/SAN^25122010000?'],
    ['3B363232383030303130303030313131373D32353132323031303030303F'],
  ])('%s', async (text) => {
    expect((await run(text)).replace(/^NAME .*\n/m, '')).toContain(told);
  });
});

describe('what is too much, or not enough', () => {
  it('is a file of more than 16 MiB', async () => {
    expect(await refusal(file('large', new Uint8Array(16 * 1024 * 1024 + 1)))).toMatchObject({
      code: 'input-too-large',
    });
  });

  it('is no log where one is said to be', async () => {
    expect(await refusal('9F3602DEAD', '--as', 'session')).toMatchObject({ code: 'log-unknown', exitCode: 2 });
    expect(await refusal('{"a":1}')).toMatchObject({ code: 'log-without-exchanges', exitCode: 2 });
  });

  it('can be text as Windows redirects it', async () => {
    const text = Buffer.from('\ufeff> 00B2011400\r\n< 6A83\r\n', 'utf16le');
    expect(await run(file('windows.log', text))).toContain('#1 READ RECORD');
  });
});

describe('certificates', () => {
  const [session] = readVectors('session-qpboc-minted', 'session');
  const records = (session!.input.transcript as { response: string }[]).map(({ response }) => response);
  const issuer = records.find((response) => response.includes('9081') || response.includes('9080'))!;

  it('are opened with a published key, in the object that they are', async () => {
    const [record] = JSON.parse(await run(issuer, '--json'));
    const certificate = record.children.find(({ tag }: { tag: string }) => tag === '90');
    expect(certificate.opened.map(({ name }: { name: string }) => name)).toContain('issuer identifier');
    expect(await run(issuer)).toContain('✓ issuer identifier');
  });

  it('are opened with a key of a file', async () => {
    const [minted] = readVectors('oda-minted', 'oda.sda').filter(({ input, expect: { ok } }) => ok && input.rid);
    const { rid, caKeys, data } = minted!.input as { rid: string; caKeys: unknown; data: Record<string, string> };
    expect(rid).toHaveLength(10);
    const objects = ['8F', '90', '92', '9F32'].flatMap((tag) => {
      const value = data[tag];
      if (value === undefined) return [];
      return [{ tag, value: fromHex(value) }];
    });
    const hex = toHex(encode(objects));
    const keys = file('keys.json', JSON.stringify(caKeys));
    expect(await run(hex, '--ca-keys', keys)).toContain('✓ issuer identifier');
    expect(await refusal(hex, '--ca-keys', join(folder, 'none'))).toMatchObject({ code: 'file-unreadable' });
    expect(await refusal('9F36020ADC', '--ca-keys', join(folder, 'none'))).toMatchObject({ code: 'file-unreadable' });
  });
});

describe('what bytes are taken for', () => {
  it.each([
    ['data objects', '9F36020ADC9A03261124', ['9F36', '9A']],
    ['data objects behind padding', '00009F36020ADC', ['9F36']],
    ['a record behind padding', '007003950101', ['70']],
    ['a response', '9F36020ADC9000', ['9F36', 'SW']],
    ['a response that warns', '6F098407A00000033301016283', ['6F', 'SW']],
    ['a status word', '6A82', ['SW']],
    ['a status word that reads as an empty object', '9000', ['SW']],
    ['a command', '00A404000E325041592E5359532E444446303100', ['INS', 'P1P2', 'DATA']],
    ['a command without data', '00B2011400', ['INS', 'P1P2']],
    ['a command that reads as data objects', '00C0000000', ['INS', 'P1P2']],
    ['an answer in format 1', '800E7C00080101001001030118010200', ['80']],
    ['a name of an application', '8407A0000003330101', ['84']],
    ['a data object list', '9F66049F02069F37045F2A02', ['9F66', '9F02', '9F37', '5F2A']],
  ])('%s', async (_, hex, expected) => {
    expect(await tags(hex)).toEqual(expected);
  });

  it('can be told', async () => {
    expect(await tags('9000', '--as', 'tlv')).toEqual(['90']);
    expect(await tags('9F3704', '--as', 'dol')).toEqual(['9F37']);
    expect(await tags('0084000008', '--as', 'command')).toEqual(['INS', 'P1P2']);
  });

  it('is every recorded answer, with its status word and without', async () => {
    for (const { id, input } of readVectors('tlv-decode', 'tlv.decode')) {
      const hex = input.hex as string;
      const alone = await tags(hex);
      expect(
        alone.filter((tag) => ['SW', 'INS', 'DATA'].includes(tag)),
        id,
      ).toEqual([]);
      expect(await tags(`${hex}9000`), id).toEqual([...alone, 'SW']);
    }
  });
});

describe('what is printed', () => {
  it('is a line for each object and each bit that is set', async () => {
    expect(await run('77 14 9F36 02 0ADC 9F66 04 28000080 9F02 00 5F2A 02 0156')).toBe(
      [
        '77 Response Message Template Format 2',
        '   9F36 Application Transaction Counter (ATC)  0ADC  2780',
        '   9F66 Terminal Transaction Qualifiers (TTQ)  28000080',
        '      1.6 qPBOC supported',
        '      1.4 offline-only terminal',
        '      4.8 fDDA version 01 supported',
        '   9F02 Amount, Authorised (Numeric)  (empty)',
        '   5F2A Transaction Currency Code  0156  CNY Chinese Yuan',
      ].join('\n'),
    );
  });

  it('names what a list asks for', async () => {
    expect(await run('9F37049C01')).toBe('9F37 Unpredictable Number  04  4 bytes\n9C Transaction Type  01  1 byte');
    expect(await run('9F3704', '--lang', 'zh', '--as', 'dol')).toBe('9F37 不可预知数  04  4 字节');
  });

  it('puts the data of a command under the tags of its list', async () => {
    expect(await run('80A8000006830428000080 00', '--dol', '9F6604')).toContain('   9F66 Terminal Transaction');
    expect(await refusal(qualifiers, '--dol', '9F66')).toMatchObject({ code: 'length-truncated' });
    expect(await refusal('9F36020001', '--dol', '9F6604')).toMatchObject({ code: 'option-impossible' });
  });

  it('has one shape in JSON', async () => {
    expect(JSON.parse(await run('700A9F6C0280009F360200C8', '--json'))).toEqual([
      {
        tag: '70',
        name: 'READ RECORD Response Message Template',
        children: [
          {
            tag: '9F6C',
            name: 'Card Transaction Qualifiers (CTQ)',
            value: '8000',
            bits: [8, 7, 6, 5].map((bit) => ({ byte: 1, bit, name: expect.any(String), set: bit === 8 })),
          },
          { tag: '9F36', name: 'Application Transaction Counter (ATC)', value: '00C8', meaning: '200' },
        ],
      },
    ]);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['nothing', [''], 'input-missing', undefined],
    ['no hex', ['9F36zz'], 'hex-invalid-character', '  9F36zz\n      ^'],
    ['a word', ['dump'], 'hex-invalid-character', '  dump\n   ^'],
    ['hex with a slip as long as base64', ['9F6604zz'], 'hex-invalid-character', '  9F6604zz\n        ^'],
    ['half a byte', ['9F36', '1'], 'hex-odd-length', '  9F361\n       ^'],
    ['a cut value', ['9F3602DE'], 'value-truncated', '  9F3602DE\n          ^^'],
    ['a wrong length', ['70045A80AAAA'], 'length-invalid', '  70045A80AAAA\n        ^^'],
    ['a command with a wrong Lc', ['80A80000238321'], 'command-length-wrong', '  80A80000238321\n          ^^'],
    ['half a command', ['00A4', '--as', 'command'], 'command-too-short', '  00A4\n      ^^'],
    ['half a status word', ['90', '--as', 'response'], 'response-too-short', '  90\n    ^^'],
    ['a list with a tag of four bytes', ['DF818081', '--as', 'dol'], 'tag-too-long', '  DF818081\n  ^^'],
  ])('is told with its place: %s', async (_, words, code, place) => {
    const error = await refusal(...words);
    expect(error).toMatchObject({ code, exitCode: 2 });
    if (place !== undefined) expect(error.message.split('\n').slice(1).join('\n')).toBe(place);
  });

  it('is no folder', async () => {
    expect(await refusal(folder)).toMatchObject({ code: 'file-unreadable', exitCode: 2 });
    expect(await refusal('/dev/null')).toMatchObject({ code: 'input-missing', exitCode: 2 });
  });

  it('is every malformed vector but a status word', async () => {
    const vectors = readVectors('tlv-malformed', 'tlv.decode').filter(({ input }) => input.hex !== '6A83');
    expect(vectors.length).toBeGreaterThan(30);
    for (const { input } of vectors) expect(await refusal(input.hex as string)).toMatchObject({ exitCode: 2 });
  });

  it('points into the middle of a long input', async () => {
    const error = await refusal(`${'9F3602AAAA'.repeat(30)}5A80${'9F3602BBBB'.repeat(30)}`);
    const [, line, caret] = error.message.split('\n');
    expect(line!.length).toBeLessThan(90);
    expect(line!.slice(caret!.indexOf('^'), caret!.length)).toBe('80');
  });
});

describe('a card number', () => {
  const pan = '6228000100001117';
  const sources = [
    `5A08${pan}`,
    `57 0D ${pan}D251220101`,
    `9F6B 0D ${pan}D251220101`,
    `70 0A 5A 08 ${pan} 9000`,
    `56 11 42 ${[...pan].map((digit) => `3${digit}`).join('')}`,
    `80AE4000 0A 5A08${pan}`,
    `9F46 0F 14${pan}FFFF12290000`,
    `5A09${pan}`,
    `${pan}`,
    `5A08${pan}Z`,
    `5A08${pan}5`,
    toHex(fromHex(`5A08${pan}57`)),
  ];

  it.each(sources)('is masked: %s', async (source) => {
    for (const format of [[], ['--json'], ['--lang', 'zh']]) {
      const said = await run(source, ...format).catch((error: Error) => error.message);
      expect(said).not.toContain(pan);
      expect(said).not.toContain([...pan].map((digit) => `3${digit}`).join(''));
      expect(said).toContain('*');
    }
  });

  it('is shown when that is asked for', async () => {
    expect(await run(`5A08${pan}`, '--show-pan')).toContain(pan);
    expect((await refusal(`5A09${pan}`, '--show-pan')).message).toContain(pan);
  });
});

it('does what its help shows', async () => {
  const help: string[] = [];
  const command = decodeCommand().configureOutput({ writeOut: (text) => void help.push(text) });
  command.outputHelp();
  const examples = [...help.join('').matchAll(/^ {2}(?:echo (?<piped>\S+) \| )?yongtap decode (?<words>.+)$/gm)];
  expect(examples.length).toBeGreaterThan(3);
  for (const { groups } of examples) {
    const words = [...(groups!.piped ? [groups!.piped] : []), ...groups!.words!.split(' ')];
    expect(await run(...words)).not.toBe('');
  }
});
