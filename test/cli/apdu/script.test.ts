import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex, toHex } from '../../../emv/index.js';
import { parseAnswerPattern } from '../../../src/cli/apdu/script/answer-pattern.js';
import { parseLine } from '../../../src/cli/apdu/script/parse-line.js';
import { parseScript, parseWords } from '../../../src/cli/apdu/script/parse-script.js';
import type { Surroundings } from '../../../src/cli/apdu/script/statement.js';

const said = (values: Record<string, string> = {}): Surroundings => ({
  said: new Map(Object.entries(values).map(([tag, value]) => [tag, fromHex(value)])),
  cryptograms: 0,
  random: (length) => new Uint8Array(length).fill(0x11),
  clock: () => new Date('2016-01-05T00:26:31Z'),
});

function commandOf(line: string, surroundings = said()): string {
  const statement = parseLine(line);
  if (statement?.kind !== 'command') throw new Error(`${line} is ${statement?.kind}`);
  return toHex(statement.build(surroundings));
}

test.each([
  ['00 A4 04 00', '00A40400'],
  ['0x00 0xA4 0x04 0x00 0x00', '00A4040000'],
  ['00:a4:04:00-00  # as scriptor has it', '00A4040000'],
  ['select ppse', '00A404000E325041592E5359532E444446303100'],
  ['SELECT PSE', '00A404000E315041592E5359532E444446303100'],
  ['select A000000333010101', '00A4040008A00000033301010100'],
  ['select-next A000000333', '00A4040205A00000033300'],
  ['read-record 2 1', '00B2020C00'],
  ['get-data 9F79', '80CA9F7900'],
  ['get-data 82', '80CA008200'],
  ['get-challenge', '0084000000'],
  ['get-processing-options', '80A8000002830000'],
  ['get-processing-options 0102', '80A800000483020102' + '00'],
  ['verify 1234', '0020008008241234FFFFFFFFFF'],
  ['external-authenticate 0102030405060708 3030', '008200000A01020304050607083030'],
  ['internal-authenticate', '00880000041111111100'],
])('%s is %s', (line, command) => {
  expect(commandOf(line)).toBe(command);
});

test('what a list asks for is what was given, what was said, what the bench has, and zeros', () => {
  const list = { '9F38': '9F02069F37049A035F2A02DF0101', '5F2A': '0344' };
  expect(commandOf('get-processing-options 9F02=000000000200', said(list))).toBe(
    '80A80000128310' + '000000000200' + '11111111' + '160105' + '0344' + '00' + '00',
  );
  const lists = said({ '8C': '9F0206', '8D': '8A02' });
  expect(commandOf('generate-ac arqc 9F02=000000000200', lists)).toBe('80AE80000600000000020000');
  expect(commandOf('generate-ac tc', { ...lists, cryptograms: 1 })).toBe('80AE400002303000');
});

test('a value that was said stands in the place of hex; one that was not is named', () => {
  expect(commandOf('select $4F', said({ '4F': 'A000000333010101' }))).toBe('00A4040008A00000033301010100');
  expect(commandOf('80CA00 $4F 00', said({ '4F': '77' }))).toBe('80CA007700');
  expect(() => commandOf('select $4F')).toThrowError(/nothing was said of 4F/);
});

test('every command in hex is itself, in whatever groups', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 4, maxLength: 300 }),
      fc.constantFrom('', ' ', ':', ', '),
      (bytes, between) => {
        expect(commandOf((toHex(bytes).match(/../g) ?? []).join(between))).toBe(toHex(bytes));
      },
    ),
  );
});

test.each(['', '   ', '# only a comment', '\t# 00A4'])('%j is nothing', (line) => {
  expect(parseLine(line)).toBeUndefined();
});

test.each([
  ['00A4', /four/],
  ['00A40', /odd number/],
  ['00A404XX', /character 7/],
  ['selct ppse', /selct is neither/],
  ['read-record 1', /read-record RECORD FILE/],
  ['read-record 1 31', /read-record RECORD FILE/],
  ['get-data', /get-data TAG/],
  ['get-data 9F790001', /get-data TAG/],
  ['generate-ac xyz', /aac \| tc \| arqc/],
  ['get-processing-options 9F02=00 nonsense', /nonsense is no value/],
  ['expect', /expect/],
  ['expect 90', undefined],
  ['expect 9G00', /9G00/],
  ['wait soon', /MILLISECONDS/],
  ['reset now', /reset is neither/],
])('%s is refused, or is not', (line, said) => {
  if (said === undefined) expect(parseLine(line)).toMatchObject({ kind: 'expect' });
  else expect(() => parseLine(line)).toThrowError(said);
});

test('a PIN is in no message, whatever is wrong with it', () => {
  for (const line of ['verify 12345678901234', 'verify 12x4', '00200080082412 34FFFFFFFFFG']) {
    let message = '';
    try {
      parseLine(line);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).not.toBe('');
    expect(message).not.toMatch(/12/);
  }
  expect(parseLine('verify 1234')?.text).toBe('verify ****');
});

test.each([
  ['9000', '6F019000', true],
  ['9000', '90006A82', false],
  ['61??', '6110', true],
  ['6?8?', '6A82', true],
  ['6A82 | 6A83', '6A83', true],
  ['6A82 9000', '6A84', false],
  ['6F*9000', '6F00AABB9000', true],
  ['6F*9000', '706F009000', false],
  ['*9F36*', '779F36029000', true],
  ['*9F36*', '7790F3629000', false],
  ['9F3602????9000', '9F360200019000', true],
  ['9000', '', false],
])('%s against %s: %j', (pattern, answer, isMet) => {
  expect(parseAnswerPattern(pattern)?.matches(answer)).toBe(isMet);
});

test('a script is looked at as a whole, and its mistakes are at their lines', () => {
  expect(parseScript('# PSE\nselect ppse\r\n\nexpect 9000\nreset\nwait 5', 'x').map(({ kind }) => kind)).toEqual([
    'command',
    'expect',
    'reset',
    'wait',
  ]);
  expect(() => parseScript('select ppse\n\n00A4G4', 'check.apdu')).toThrowError(/^check\.apdu, line 3: /);
  expect(() => parseScript('reset\nexpect 9000', 'x')).toThrowError(/x, line 2: .*no command stands before it/);
});

test('arguments are lines, or one line together for who has left out the quotes', () => {
  expect(parseWords(['select ppse', 'expect 9000']).map(({ kind }) => kind)).toEqual(['command', 'expect']);
  for (const words of [
    ['select', 'ppse'],
    ['00', 'A4', '04', '00'],
    ['get-data', '9F79'],
  ]) {
    expect(parseWords(words)).toMatchObject([{ kind: 'command' }]);
  }
  expect(() => parseWords(['select ppse', 'expct 9000'])).toThrowError(/expct/);
});
