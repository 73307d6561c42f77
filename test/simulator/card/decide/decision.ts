import { expect } from 'vitest';
import { toHex } from '../../../../emv/index.js';
import { openCard } from '../../../../simulator/index.js';
import { BUS, issueChanged, type Personalized, random, tap } from '../../card-in-hand.js';

/** A card with 50 yuan, 20 at once, 5 to stay, verification above 10; changed as told. */
export function cardWith({ electronicCash, ...changed }: Personalized) {
  const cash = { balanceFen: 5_000, limitFen: 10_000, singleTransactionLimitFen: 2_000, resetThresholdFen: 500 };
  const file = issueChanged('service-card-51', { ...changed, electronicCash: { ...cash, ...electronicCash } });
  const card = openCard(file, { random });
  card.powerOn();
  return card;
}

export const OFFLINE_ONLY = '28000000';
export const ONLINE_CAPABLE = '20000000';

export interface Decision {
  readonly name: string;
  readonly card?: Personalized;
  readonly qualifiers: string;
  readonly amount?: number;
  readonly currency?: string;
  /** Third byte of the verification results in hex, or 6985. */
  readonly expected: `${'TC' | 'AAC' | 'ARQC'} ${string}` | '6985';
  /** 9F6C, 9F5D, what is left in the purse and counted. */
  readonly qualifiersAfter?: string;
  readonly available?: number;
  readonly balance?: number;
  readonly cumulative?: number;
}

const cryptogramTypes = ['AAC', 'TC', 'ARQC'];

/** Taps once and holds what the card did against what it must do. */
export function expectDecision({
  card: personalized = {},
  qualifiers,
  amount = 200,
  currency = '0156',
  ...expected
}: Decision): void {
  const card = cardWith(personalized);
  const terminal = { ...BUS, '9F66': qualifiers, '9F02': amount.toString().padStart(12, '0'), '5F2A': currency };
  const { response, data } = tap(card, terminal);
  const { purse, counters } = card.inspect().applications[0]!;
  expect(counters.applicationTransactionCounter).toBe(1);
  if (expected.balance !== undefined) expect(purse.balanceFen).toBe(expected.balance);
  if (expected.cumulative !== undefined) expect(counters.cumulativeOfflineAmount).toBe(expected.cumulative);
  if (expected.expected === '6985') {
    expect(response).toMatchObject({ statusWord: 0x6985, data: { length: 0 } });
    return;
  }
  const results = data.get('9F10')!.subarray(3, 7);
  const type = cryptogramTypes[(results[1]! >> 4) & 3];
  expect(`${type} ${toHex(results.subarray(2, 3))}`).toBe(expected.expected);
  expect(toHex(results)).toMatch(/^03[8-A]0..00$/);
  const approved = type === 'TC';
  expect(['94', '9F4B', '9F74'].map((tag) => data.has(tag))).toEqual([approved, approved, approved]);
  expect(['82', '9F36', '9F26', '57', '5F34', '9F6C'].map((tag) => data.has(tag))).not.toContain(false);
  expect(toHex(data.get('9F6C')!)).toBe(expected.qualifiersAfter ?? '0000');
  expect(data.has('9F5D') ? Number(toHex(data.get('9F5D')!)) : undefined).toBe(expected.available);
}
