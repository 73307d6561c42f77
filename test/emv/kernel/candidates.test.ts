import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../emv/bytes.js';
import { candidates } from '../../../emv/kernel/candidates.js';
import { decode } from '../../../emv/tlv/index.js';
import { CREDIT, DEBIT, entry, object, ppse } from './qpboc/card-script.js';

const UNIONPAY = 'A000000333';

/** Names that would be selected, in their order. */
function inOrder(entries: readonly string[], terminalNames: readonly string[] = [UNIONPAY]): string[] {
  const [directory] = decode(fromHex(ppse(...entries)));
  return candidates(directory!, terminalNames.map(fromHex)).map(({ applicationIdentifier }) =>
    toHex(applicationIdentifier),
  );
}

test('1 is the highest priority, and an application without one comes last', () => {
  const names = [1, 2, 3, 4, 5].map((last) => `${UNIONPAY}0${last}`);
  const priorities = ['0F', undefined, '02', '00', '01'];
  const entries = names.map((name, index) => entry(name, priorities[index]));
  expect(inOrder(entries)).toEqual([names[4], names[2], names[0], names[1], names[3]]);
});

test('only the low nibble of 87 is a priority', () => {
  expect(inOrder([entry(DEBIT, '02'), entry(CREDIT, 'F1')])).toEqual([CREDIT, DEBIT]);
});

test('87 without a byte is no priority', () => {
  expect(inOrder([entry(DEBIT, ''), entry(CREDIT, '0F')])).toEqual([CREDIT, DEBIT]);
});

test('of equal priority the first in the directory comes first', () => {
  expect(inOrder([entry(CREDIT, '01'), entry(DEBIT, '01')])).toEqual([CREDIT, DEBIT]);
  expect(inOrder([entry(CREDIT), entry(DEBIT)])).toEqual([CREDIT, DEBIT]);
});

test('a single application is taken whatever its priority', () => {
  expect(inOrder([entry(DEBIT, '8F')])).toEqual([DEBIT]);
});

test('the terminal knows a name whole or by its beginning, never by more than the card says', () => {
  expect(inOrder([entry(DEBIT)], [DEBIT])).toEqual([DEBIT]);
  expect(inOrder([entry(DEBIT)], ['A00000033301'])).toEqual([DEBIT]);
  expect(inOrder([entry(DEBIT)], [`${DEBIT}06`])).toEqual([]);
  expect(inOrder([entry(DEBIT)], [CREDIT])).toEqual([]);
  expect(inOrder([entry(DEBIT)], ['A000000003', CREDIT, DEBIT])).toEqual([DEBIT]);
  expect(inOrder([entry(DEBIT)], [])).toEqual([]);
});

test('a name of the terminal shorter than an application provider knows nothing', () => {
  expect(inOrder([entry(DEBIT)], ['', 'A0', 'A0000003'])).toEqual([]);
});

test('names have 5 to 16 bytes', () => {
  const whole = UNIONPAY.padEnd(32, '0');
  expect(inOrder([entry(''), entry('A0000003'), entry(UNIONPAY), entry(whole), entry(`${whole}00`)])).toEqual([
    UNIONPAY,
    whole,
  ]);
});

test('a name that stands twice counts once, as it stands first', () => {
  expect(inOrder([entry(DEBIT, '03'), entry(CREDIT, '02'), entry(DEBIT, '01')])).toEqual([CREDIT, DEBIT]);
});

test('a name and a longer one that begins with it are two', () => {
  expect(inOrder([entry(DEBIT, '02'), entry(`${DEBIT}01`, '01')])).toEqual([`${DEBIT}01`, DEBIT]);
});

test('what is no entry with a name is passed over', () => {
  const other = object('73', object('4F', CREDIT));
  expect(inOrder([object('61'), object('61', object('50', '41')), object('4F', CREDIT), other, entry(DEBIT)])).toEqual([
    DEBIT,
  ]);
  expect(inOrder([])).toEqual([]);
});

test('entries stand below 6F, A5 and BF0C and nowhere else', () => {
  const [beside] = decode(fromHex(object('6F', object('A5', entry(DEBIT)), object('BF0C', entry(DEBIT)))));
  expect(candidates(beside!, [fromHex(UNIONPAY)])).toEqual([]);
});

describe('an entry that asks for a kernel (9F2A, EMV Contactless Book B 3.3.2.5)', () => {
  const asking = (identifier: string) => object('61', object('4F', DEBIT), object('9F2A', identifier));

  test.each([
    ['', 'counts: the kernel follows from the name'],
    ['00', 'counts: the kernel follows from the name'],
    ['07', 'counts: UnionPay’s'],
    ['47', 'counts: a reserved bit beside UnionPay’s number'],
  ])('%s %s', (identifier) => {
    expect(inOrder([asking(identifier)])).toEqual([DEBIT]);
  });

  test.each(['02', '03', '06', '80', '870156', 'C7'])('%s: another kernel, the entry is passed over', (identifier) => {
    expect(inOrder([asking(identifier), entry(CREDIT)])).toEqual([CREDIT]);
  });
});
