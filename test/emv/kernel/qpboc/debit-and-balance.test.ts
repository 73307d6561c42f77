import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../emv/bytes.js';
import { qpbocTransaction } from '../../../../emv/kernel/index.js';
import {
  converse,
  fen,
  issuerData,
  issuerDataWithBalance,
  ONLINE,
  object,
  options,
  play,
  record,
  scriptedCard,
} from './card-script.js';
import { genuineSession } from './genuine-card.js';

const session = genuineSession('ses-tc-00');
const LAST = session.commands.length - 1;

const tapWith = (bend: (response: Uint8Array, place: number) => Uint8Array | undefined, date?: string) =>
  converse(qpbocTransaction({ ...session.terminal(), ...(date !== undefined && { date }) }), session.card(bend))
    .outcome;

describe('what is known of the debit', () => {
  test('made once the last record was answered, whatever becomes of it', () => {
    expect(tapWith((response) => response).debit).toBe('made');
    const unreadable = tapWith((response, place) => (place === LAST ? fromHex('7103AABB9000') : response));
    expect(unreadable).toMatchObject({ outcome: 'terminated', debit: 'made' });
  });

  test.each(Array.from({ length: LAST }, (_, place) => place))('none where the card leaves at exchange %i', (place) => {
    expect(tapWith((response, current) => (current === place ? undefined : response)).debit).toBe('none');
  });

  test('possible where the answer to the last record is lost or garbled', () => {
    for (const answer of [undefined, fromHex('90')]) {
      expect(tapWith((response, place) => (place === LAST ? answer : response)).debit).toBe('possible');
    }
  });

  test('none where the card refuses the last record, or is expired before it', () => {
    expect(tapWith((response, place) => (place === LAST ? fromHex('6985') : response)).debit).toBe('none');
    expect(tapWith((response) => response, '2031-01-01')).toMatchObject({ reason: 'card-expired', debit: 'none' });
  });

  test('none with an ARQC and an AAC', () => {
    for (const type of [0, 2]) {
      const card = scriptedCard({ options: options({ '9F10': issuerData(type) }) });
      expect(play(card, ONLINE).outcome.debit).toBe('none');
    }
  });
});

const amount = (balance: number) => object('9F79', fen(balance));

describe('balance before and after', () => {
  test('from 9F10 and 9F5D without a question', () => {
    const card = scriptedCard({
      options: options({ '9F10': issuerDataWithBalance(1, 4800), '9F5D': '000000004800' }),
    });
    const { outcome, commands } = play(card);
    expect(outcome.balance).toEqual({ after: 4800, availableOffline: 4800 });
    expect(commands).toHaveLength(4);
  });

  test('a torn last record leaves the balance after it open', () => {
    const card = scriptedCard({ options: options({ '9F10': issuerDataWithBalance(1, 4800) }), records: {} });
    expect(play(card).outcome).toMatchObject({ debit: 'possible', balance: {} });
  });

  test('a declined card tells what it still has', () => {
    const card = scriptedCard({ options: options({ '9F10': issuerDataWithBalance(0, 100), '9F5D': '000000000100' }) });
    expect(play(card).outcome).toMatchObject({ outcome: 'declined', balance: { after: 100, availableOffline: 100 } });
  });

  test.each([
    ['before', ['80CA9F7900', 2], { before: 5000 }],
    ['after', ['80CA9F7900', 4], { after: 5000 }],
    ['before-and-after', ['80CA9F7900', 2], { before: 5000, after: 4800 }],
  ] as const)('GET DATA %s', (balanceInquiry, [command, place], balance) => {
    const card = scriptedCard({ data: { '9F79': [amount(5000), amount(4800)] } });
    const { outcome, commands } = play(card, { balanceInquiry });
    expect(commands[place]).toBe(command);
    expect(outcome.balance).toEqual(balance);
  });

  test.each([' 6A88', ' 6985', amount(1).replace('01', '0A'), object('9F36', '0001'), '9F79'])(
    'a card that does not tell it goes on without: %s',
    (line) => {
      const { outcome, commands } = play(scriptedCard({ data: { '9F79': [line] } }), {
        balanceInquiry: 'before-and-after',
      });
      expect(outcome).toMatchObject({ debit: 'made', balance: {} });
      expect(commands).toHaveLength(6);
    },
  );

  test('a card that leaves before the question ends it; one that leaves after it takes nothing back', () => {
    expect(play(scriptedCard({ data: {} }), { balanceInquiry: 'before' }).outcome).toMatchObject({
      reason: 'card-removed',
      debit: 'none',
    });
    const after = play(scriptedCard({ data: {} }), { balanceInquiry: 'after' });
    expect(after.outcome).toMatchObject({ outcome: 'declined', debit: 'made', balance: {} });
    expect(after.outcome.reason).toBe('offline-data-authentication-failed');
  });
});

test('a record that was read is among the records of the outcome', () => {
  const { outcome } = play(scriptedCard({ records: { '1.1': record(object('5F24', '301231')) } }));
  expect(outcome.records.map(({ bytes }) => toHex(bytes))).toEqual([record(object('5F24', '301231'))]);
});
