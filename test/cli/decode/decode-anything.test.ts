import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode, fromAscii, fromHex, toHex } from '../../../emv/index.js';
import { coloursFor } from '../../../src/cli/colours.js';
import { decodeCommand } from '../../../src/cli/commands/decode.js';
import { type DecodeOptions, decodeInput } from '../../../src/cli/decode/decode-input.js';
import { explainLog } from '../../../src/cli/decode/explain-log.js';
import { logsAsJson } from '../../../src/cli/decode/log-as-json.js';
import { withOpened } from '../../../src/cli/decode/open-chains.js';
import { printLog } from '../../../src/cli/decode/print-log.js';
import { printTree } from '../../../src/cli/decode/print-tree.js';
import type { DecodeInput } from '../../../src/cli/decode/read-input.js';
import { trustedForDecoding } from '../../../src/cli/decode/trusted-for-decoding.js';
import { CommandError } from '../../../src/cli/exit-codes.js';

const surroundings = { caKeys: await trustedForDecoding(undefined), today: '2026-11-26' };
const colours = coloursFor({ isTTY: false });

/** All that the command would print, as text and as JSON, or the error that it would end with. */
async function told(input: DecodeInput, options: DecodeOptions = {}): Promise<string> {
  try {
    const decoded = await decodeInput(input, options);
    if ('log' in decoded) {
      const logs = explainLog(decoded.log, surroundings, options);
      return [...logsAsJson(logs), ...logs.flatMap((log) => [...printLog(log, colours, options)])].join('\n');
    }
    const { objects, bytes } = decoded;
    const all = bytes ? withOpened(objects, bytes, surroundings, options) : objects;
    return [JSON.stringify(all), ...printTree(all, colours)].join('\n');
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
}

/** Every kind that the command offers, and none. */
const { argChoices } = decodeCommand().options.find(({ long }) => long === '--as')!;
const kinds = fc.constantFrom(undefined, ...argChoices!) as fc.Arbitrary<DecodeOptions['as']>;
const languages = fc.constantFrom('en' as const, 'zh' as const);

const inHex = (digits: string): string => toHex(fromAscii(digits));
const even = (hex: string): string => (hex.length % 2 === 0 ? hex : `${hex}F`);
const lv = (hex: string): string => toHex(Uint8Array.of(hex.length / 2)) + hex;

describe('whatever the input is', () => {
  const pieces = fc.constantFrom(
    '> ',
    '< ',
    'APDU: ',
    'SW: ',
    'A>> T=1 (4+0000) ',
    'A<< (0000+2) (1ms) ',
    'C-APDU: ',
    'R-APDU:',
    'TX: ',
    'RX: ',
    'send: ',
    'resp: ',
    'Outgoing APDU (5 bytes):\n',
    'Incoming APDU (2 bytes):\n',
    'SCardTransmit\n',
    ' i bSendBuffer\n',
    ' i  0000 00 B2 01 14 00',
    ' o bRecvBuffer\n',
    'NxpNciX : len = 8 > 00000500B2011400',
    'NxpNciR : len = 5 > 0000026A83',
    '0 | 9 | Rdr |02  00  B2  01  14  00  00  00 | ok |',
    '9 | 9 | Tag |02  6A  83  00  00 | ok |',
    'ATR: 3B80800101',
    '{"command":"',
    '"}',
    '[[',
    '","',
    '00B2011400',
    '6A83',
    '9000',
    '00 A4 04 00',
    '0',
    'G',
    ';',
    '=',
    '^',
    '\n',
    ' ',
    '%B',
    '6228000100001117',
    'D2512',
    '\u001b[31m',
    '，',
  );

  it('it is decoded, or refused with a code', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.record({ text: fc.string({ unit: 'binary', maxLength: 200 }) }),
          fc.record({ text: fc.array(pieces, { maxLength: 30 }).map((list) => list.join('')) }),
          fc.record({ bytes: fc.uint8Array({ maxLength: 300 }) }),
        ),
        kinds,
        languages,
        async (input, as, language) => {
          expect(typeof (await told(input, { as, language }))).toBe('string');
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('the same is said of it each time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 30 }), async (list) => {
        expect(await told({ text: list.join('') })).toBe(await told({ text: list.join('') }));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a card number', () => {
  const digits = fc
    .tuple(fc.integer({ min: 2, max: 9 }), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 }))
    .map(([first, rest]) => `${first}${rest.join('')}`);

  /** Every object in which a card can carry its number. */
  const carriers = (pan: string): string[] => [
    `5A${lv(even(pan))}`,
    `57${lv(even(`${pan}D2512201000001`))}`,
    `9F6B${lv(even(`${pan}D2512201000001`))}`,
    `56${lv(inHex(`B${pan}^ZHANG/SAN^2512201`))}`,
    `9F46${lv(`14${pan.padEnd(20, 'F')}1229000001`)}`,
  ];
  /** Where it comes again without being told. */
  const echoes = (pan: string): string[] => [
    `9F1F${lv(inHex(`99${pan}00`))}`,
    `50${lv(inHex(pan))}`,
    `DF7E${lv(even(`1${pan}`))}`,
    `9F10${lv(`07010103900000010A01${even(pan)}`)}`,
    `9F74${lv(even(pan))}`,
  ];
  const record = (content: string): string => `70${lv(content)}`;
  const spaced = (hex: string): string => hex.match(/../g)!.join(' ');

  /** A conversation in which one answer carries it, and other messages repeat it. */
  const exchanges = (pan: string, carried: number, echoed: readonly number[]): [string, string][] => [
    ['00A4040007A000000333010100', `6F${lv(`8407A0000003330101A5${lv('9F38069F1A029F7A01')}`)}9000`],
    ['80A8000005830301560000', `7716820220009F360200019F2608AD03EE811AFAD4849000`.replace('7716', '7713')],
    ['00B2010C00', `${record(carriers(pan)[carried]!)}9000`],
    ...echoed.map((index): [string, string] => ['00B2020C00', `${record(echoes(pan)[index]!)}9000`]),
    [`00DC010C${lv(even(pan))}`, '9000'],
    ['00B2015C00', `${even(pan)}009000`],
    ['80CA9F7900', '9F79060000000100009000'],
  ];
  const formats: readonly ((list: readonly [string, string][]) => string)[] = [
    (list) => list.map(([command, response]) => `> ${command}\n< ${response}`).join('\n'),
    (list) =>
      list
        .map(([command, response]) => `00000001 APDU: ${spaced(command)} \n00000002 SW: ${spaced(response)} `)
        .join('\n'),
    (list) =>
      list.map(([command, response]) => `D/Tag: send: ${spaced(command)}\nD/Tag: resp: ${spaced(response)}`).join('\n'),
    (list) => JSON.stringify({ transcript: list.map(([command, response]) => ({ command, response })) }),
    (list) => JSON.stringify(list),
    (list) => list.flat().join('\n'),
    // Damaged at its end: the caret must not show it either, in groups or not.
    (list) =>
      `${list.map(([command, response]) => `> ${spaced(command)}\n< ${spaced(response)}`).join('\n')}\n> ${spaced(list[2]![1])} 0`,
    (list) => `${list.map(([command, response]) => `> ${command}\n< ${response}`).join('\n')}\n> ${list[2]![1]}0`,
  ];

  it('is nowhere in what is told of a log', async () => {
    await fc.assert(
      fc.asyncProperty(
        digits,
        fc.nat({ max: 4 }),
        fc.array(fc.nat({ max: 4 }), { maxLength: 3 }),
        fc.nat({ max: formats.length - 1 }),
        languages,
        async (pan, carried, echoed, format, language) => {
          const text = formats[format]!(exchanges(pan, carried, echoed));
          const said = await told({ text }, { language });
          const packed = said.replaceAll(' ', '');
          expect(packed).not.toContain(pan);
          expect(packed).not.toContain(inHex(pan));
          if (format < 6 || format > 7) expect(await told({ text }, { language, showPan: true })).toContain(pan);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is nowhere in what is told of data objects, tracks and broken input', async () => {
    await fc.assert(
      fc.asyncProperty(
        digits,
        fc.nat({ max: 4 }),
        fc.nat({ max: 9 }),
        fc.nat({ max: 40 }),
        async (pan, carried, form, cut) => {
          const content = record(carriers(pan)[carried]! + echoes(pan)[carried]!);
          const texts = [
            content,
            `${content}9000`,
            `80AE400000${content}`,
            content.slice(0, -cut || undefined),
            `${content}Z`,
            spaced(content),
            `;${pan}=2512201000000?`,
            `%B${pan}^ZHANG/SAN^2512201${pan}?`,
            `${pan}D2512201${pan.slice(0, 6)}F`,
            `${pan}=25Z2`,
          ];
          const said = await told({ text: texts[form]! });
          expect(said).not.toContain(pan);
          expect(said).not.toContain(inHex(pan));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('of a certificate that is opened is masked', async () => {
    const { readVectors } = await import('../../emv/read-vectors.js');
    const sessions = readVectors('session-qpboc-minted', 'session').map(({ input }) => input);
    for (const input of sessions) {
      const said = await told({ text: JSON.stringify(input) });
      const pans = JSON.stringify(input.transcript).match(/5A08\d{16}/g) ?? [];
      for (const pan of pans) expect(said).not.toContain(pan.slice(4));
    }
  });
});

it('reads its way through much that is hostile', async () => {
  const long = 200_000;
  const texts = [
    '1'.repeat(long),
    '> '.repeat(long),
    `> ${'00 '.repeat(long)}`,
    '('.repeat(long),
    '['.repeat(long),
    `${'9'.repeat(long)}D`,
    'A'.repeat(long) + '\n'.repeat(1000),
    '[[['.repeat(1000),
    `{"a":${'['.repeat(5000)}`,
    ' \n'.repeat(long),
    'send '.repeat(long),
    `ATR ${'3B '.repeat(long)}`,
    `> 00B2011400\n< ${'5A0862280001000011'.repeat(5000)}9000`,
  ];
  for (const text of texts) expect(typeof (await told({ text }))).toBe('string');
  const many = encode(
    Array.from({ length: 5000 }, (_, index) => ({
      tag: '5A',
      value: fromHex(`62280001${String(index).padStart(8, '0')}`),
    })),
  );
  expect(typeof (await told({ bytes: many }))).toBe('string');
});
