import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EncodableObject,
  encode,
  explain,
  explainCommand,
  explainResponse,
  explainSession,
  followSession,
  fromAscii,
  fromHex,
  toHex,
} from '../../../emv/index.js';

const PAN = '6228000100001117';
const TRACK_2 = `${PAN}D251220100000123456F`;
const inHex = (digits: string) => [...digits].map((digit) => `3${digit}`).join('');

describe('masking', () => {
  it('keeps the first six and the last four digits', () => {
    expect(explain(fromHex(`5A08${PAN}`))[0]!.value).toBe('622800******1117');
    expect(explain(fromHex('5A0A6228480402564890018F'))[0]!.value).toBe('622848*********0018F');
    expect(explain(fromHex(`5712${TRACK_2}`))[0]!.value).toMatch(/^622800\*{6}1117D2512201\*+$/);
  });

  it('hides all of a value that is not what its tag says', () => {
    expect(explain(fromHex('5A0412345678'))[0]!.value).toBe('********');
    expect(explain(fromHex('5A0462AB0001'))[0]!.value).toBe('********');
    expect(explain(fromHex(`5708${PAN}`))[0]!.value).toBe('*'.repeat(16));
    expect(explain(fromHex('5F210442313233'))[0]).toMatchObject({ value: '********' });
  });

  it('tells PBOC’s limit 9F6B from track 2 of others', () => {
    expect(explain(fromHex('9F6B06000000010000'))[0]).toMatchObject({ value: '000000010000', meaning: '100.00' });
    expect(explain(fromHex(`9F6B12${TRACK_2}`))[0]!.value).toMatch(/^622800\*{6}1117D2512201\*+$/);
  });

  it('hides the card number of an SM2 card certificate', () => {
    const [certificate] = explain(fromHex(`9F461314${PAN}FFFF1229000001040011`));
    expect(certificate!.value).toBe(`14${'*'.repeat(20)}1229000001040011`);
  });

  it('hides the number where it comes again in another value, packed or as text, with what that value says', () => {
    const [, , again, text] = explain(fromHex(`5A08${PAN}9F36020001500A00${PAN}005F2010${inHex(PAN)}`));
    expect(again).toEqual({ tag: '50', name: 'Application Label', value: `00${'*'.repeat(16)}00` });
    expect(text).toEqual({ tag: '5F20', name: 'Cardholder Name', value: '*'.repeat(32) });
  });

  it('finds templates that stand packed in other values', () => {
    for (const content of [
      `700E5A08${PAN}5F340101`,
      `04DC010C0A5A08${PAN}`,
      `700C570A${PAN}D251`,
      `00${PAN}D2512201`,
    ]) {
      const shown = JSON.stringify(explain(encode([{ tag: '53', value: fromHex(content) }])));
      expect(shown).not.toContain(PAN);
      expect(shown).toContain('*');
    }
  });

  it('hides the number in a record that is cut off', () => {
    expect(JSON.stringify(explainResponse(fromHex(`70205A08${PAN}5F24032512319000`)))).not.toContain(PAN);
    expect(JSON.stringify(explainResponse(fromHex(`7020570A${PAN}9000`)))).not.toContain(PAN);
  });

  it('shows everything when asked', () => {
    const [pan, track] = explain(fromHex(`5A08${PAN}570C${PAN}D2512201`), { showPan: true });
    expect(pan!.value).toBe(PAN);
    expect(track).toMatchObject({ value: `${PAN}D2512201`, meaning: expect.stringContaining(PAN) });
  });

  it('never shows a PIN', () => {
    const command = explainCommand(fromHex('0020008008241234FFFFFFFFFF'), { showPan: true });
    expect(command.at(-1)).toEqual({ tag: 'DATA', name: 'Data', value: '*'.repeat(16) });
  });

  it('never shows the PIN of a VERIFY in a conversation, though its length be wrong', () => {
    const commands = ['0020008008241234FFFFFFFFFF', '0020008008241234FFFFFFFF', '0020008008241234FFFFFFFFFF00'];
    const steps = followSession(commands.map((command) => ({ command: fromHex(command), response: fromHex('9000') })));
    for (const showPan of [false, true]) {
      const { exchanges } = explainSession(steps, { showPan });
      expect(JSON.stringify(exchanges)).not.toContain('1234');
      expect(exchanges.map(({ command }) => command!.hex)).toEqual([
        `0020008008${'*'.repeat(16)}`,
        `0020008008${'*'.repeat(14)}`,
        `0020008008${'*'.repeat(16)}00`,
      ]);
    }
  });

  it('shows all of a command that is none when asked', () => {
    const steps = followSession([{ command: fromHex(`00D600000A${PAN}`), response: fromHex('6700') }]);
    const dataOf = (showPan: boolean) => explainSession(steps, { showPan }).exchanges[0]!.command!.objects[0]!.value;
    expect(dataOf(true)).toContain(PAN);
    expect(dataOf(false)).toContain('*');
  });

  const digits = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 13, maxLength: 19 })
    .map((list) => list.join(''));
  const even = (hex: string) => (hex.length % 2 === 0 ? hex : `${hex}F`);
  /** Every way in which a card is known to carry its number, and some in which it should not. */
  const carriers = (pan: string): EncodableObject[] =>
    (
      [
        ['5A', even(pan)],
        ['5A', pan.padEnd(20, 'F')],
        ['57', even(`${pan}D2512201000001`)],
        ['9F6B', even(`${pan}D2512201000001`)],
        ['5F22', even(`${pan}D2512201`)],
        ['58', even(`59${pan}D2512`)],
        ['5F23', even(`99${pan}D2512`)],
        ['56', toHex(fromAscii(`B${pan}^ZHANG/SAN^2512201`))],
        ['5F21', toHex(fromAscii(`B${pan}^ZHANG/SAN^2512201`))],
        ['9F46', `14${pan.padEnd(20, 'F')}1229000001`],
        ['53', `5A0A${pan.padEnd(20, 'F')}`],
        ['53', `5713${pan}D2512201`.padEnd(42, '0')],
      ] as const
    ).map(([tag, hex]) => ({ tag, value: fromHex(hex) }));
  const echoes = (pan: string): EncodableObject[] => [
    { tag: '50', value: fromAscii(pan) },
    { tag: 'DF7E', value: fromHex(even(pan)) },
    { tag: 'DF7E', value: fromHex(even(`1${pan}`)) },
    { tag: '9F10', value: fromHex(`07010103900000010A01${even(pan)}`) },
  ];

  it('leaves no card number in any output, however deep it stands and however often it comes', () => {
    fc.assert(
      fc.property(
        digits,
        fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat({ max: 3 }), { maxLength: 3 }),
        fc.integer({ min: 0, max: 4 }),
        fc.constantFrom('en' as const, 'zh' as const),
        (pan, carried, echoed, depth, language) => {
          let tree: EncodableObject[] = [
            ...echoed.map((index) => echoes(pan)[index]!),
            ...carried.map((index) => carriers(pan)[index]!),
          ];
          for (let level = 0; level < depth; level++) tree = [{ tag: level % 2 === 0 ? '70' : '77', children: tree }];
          const bytes = encode(tree);
          const said = JSON.stringify([
            explain(bytes, { language }),
            explainResponse(Uint8Array.from([...bytes, 0x90, 0]), { language }),
          ]);
          expect(said).not.toContain(pan);
          expect(said).not.toContain(inHex(pan));
        },
      ),
      { numRuns: 500 },
    );
  });
});
