import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../emv/bytes.js';
import { recoverTransaction } from '../../../../emv/kernel/index.js';
import {
  application,
  converse,
  DEBIT,
  dataMap,
  fen,
  issuerData,
  issuerDataWithBalance,
  object,
  type ScriptLines,
  scriptedCard,
} from './card-script.js';

const CRYPTOGRAM = '1122334455667788';
const torn = { '9F36': '0007', '9F26': CRYPTOGRAM, '9F10': issuerData(1), '9F02': '000000000200', '5F2A': '0156' };
const counter = (value: string) => [object('9F36', value)];
const balance = (amount: number) => [object('9F79', fen(amount))];

function recover(lines: ScriptLines, data: Record<string, string | undefined>, before?: number) {
  const said = Object.entries({ ...torn, ...data }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return converse(
    recoverTransaction({
      applicationIdentifier: fromHex(DEBIT),
      data: dataMap(Object.fromEntries(said)),
      ...(before !== undefined && { balance: { before } }),
    }),
    scriptedCard({ applications: { [DEBIT]: application() }, ...lines }),
  );
}

describe('an extended transaction is proved by its cryptogram', () => {
  test.each([
    ['segment deduction: its TC', '01', CRYPTOGRAM, 'completed', 'cryptogram'],
    ['completion: its TC', '03', CRYPTOGRAM, 'completed', 'cryptogram'],
    ['pre-authorization: zeros', '02', '0000000000000000', 'completed', 'cryptogram'],
    ['9406: nothing happened', '01', ' 9406', 'not-completed', 'cryptogram'],
    ['another cryptogram: another card', '01', '8877665544332211', 'unknown', 'none'],
    ['zeros after a deduction', '01', '0000000000000000', 'unknown', 'none'],
    ['a TC after a pre-authorization', '02', CRYPTOGRAM, 'unknown', 'none'],
    ['6985', '01', ' 6985', 'unknown', 'none'],
    ['a cryptogram of another length', '01', '1122', 'unknown', 'none'],
  ])('%s', (_, DF60, proof, verdict, evidence) => {
    const { outcome, commands } = recover({ data: { proof: [proof] } }, { DF60 });
    expect(outcome).toEqual({ verdict, evidence });
    expect(commands).toEqual([`00A4040008${DEBIT}00`, '805A000002000708']);
  });

  test('a card that leaves again, or cannot be selected, leaves it open', () => {
    expect(recover({ data: {} }, { DF60: '01' }).outcome.verdict).toBe('unknown');
    expect(recover({ applications: {} }, { DF60: '01' }).outcome.verdict).toBe('unknown');
    expect(recover({ applications: { [DEBIT]: ' 6A82' } }, { DF60: '01' }).outcome.verdict).toBe('unknown');
    expect(recover({ data: { proof: [CRYPTOGRAM] } }, { DF60: '01', '9F36': undefined }).outcome.verdict).toBe(
      'unknown',
    );
  });
});

/** 9F10 with the balance after the debit. */
const told = (amount: number) => issuerDataWithBalance(1, amount);

describe('plain qPBOC: counter and balance', () => {
  const purse = { '9F68': [object('9F68', '80100000')], '9F51': [object('9F51', '0156')] };
  const card = (amount: number, value = '0007', more: ScriptLines['data'] = {}) => ({
    data: { ...purse, '9F36': counter(value), '9F79': balance(amount), ...more },
  });
  const funds = (processes: string) => ({ '9F68': [object('9F68', processes)] });

  test.each([
    ['balance known before, debited', card(4800), {}, 5000, 'completed', 'balance'],
    ['balance known before, restored', card(5000), {}, 5000, 'not-completed', 'balance'],
    ['another balance: loaded between', card(9000), {}, 5000, 'unknown', 'balance'],
    ['9F10 told the balance after', card(4800), { '9F10': told(4800) }, undefined, 'completed', 'balance'],
    ['9F10 told it, restored', card(5000), { '9F10': told(4800) }, undefined, 'not-completed', 'balance'],
    ['9F10 counts before what was asked', card(4800), { '9F10': told(4800) }, 1, 'completed', 'balance'],
    ['another transaction since', card(4800, '0008'), {}, 5000, 'unknown', 'counter'],
    ['no balance known', card(4800), {}, undefined, 'unknown', 'none'],
    ['an amount of 0 moves nothing', card(5000), { '9F02': fen(0) }, 5000, 'unknown', 'none'],
    ['purse and cumulative amount', card(4800, '0007', funds('40000000')), {}, 5000, 'completed', 'balance'],
    [
      'purse or cumulative amount',
      card(4800, '0007', funds('20000000')),
      { '9F10': told(4800) },
      5000,
      'unknown',
      'none',
    ],
    ['a card without 9F68', card(4800, '0007', { '9F68': [' 6A88'] }), {}, 5000, 'unknown', 'none'],
    ['another currency', card(4800), { '5F2A': '0840', '9F10': told(4800) }, 5000, 'unknown', 'none'],
    ['a card without 9F51', card(4800, '0007', { '9F51': [' 6A88'] }), {}, 5000, 'unknown', 'none'],
    ['the card tells no counter', { data: { '9F36': [' 6A88'] } }, {}, 5000, 'unknown', 'none'],
    ['the card tells no balance', card(0, '0007', { '9F79': [' 6A88'] }), {}, 5000, 'unknown', 'none'],
    ['a counter of another length', { data: { '9F36': counter('07') } }, {}, 5000, 'unknown', 'none'],
  ])('%s', (_, lines, data, before, verdict, evidence) => {
    expect(recover(lines, data, before).outcome).toMatchObject({ verdict, evidence });
  });

  test('tells what the card says now, and changes nothing on it', () => {
    const { outcome, commands } = recover(card(4800), {}, 5000);
    expect(outcome).toMatchObject({ applicationTransactionCounter: 7, balance: 4800 });
    expect(commands.map((command) => command.slice(0, 8))).toEqual([
      '00A40400',
      '80CA9F36',
      '80CA9F68',
      '80CA9F51',
      '80CA9F79',
    ]);
    expect(toHex(fromHex(commands[1]!))).toBe('80CA9F3600');
  });
});
