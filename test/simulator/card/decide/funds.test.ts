import { describe, expect, test } from 'vitest';
import { toHex } from '../../../../emv/index.js';
import { openCard } from '../../../../simulator/index.js';
import { BUS, issue, random, tap } from '../../card-in-hand.js';
import { cardWith, type Decision, expectDecision, OFFLINE_ONLY, ONLINE_CAPABLE } from './decision.js';

const lowValue = ['low-value', 'return-available-offline-amount'] as const;
const both = ['low-value-and-cumulative', 'return-available-offline-amount'] as const;
const either = ['low-value-or-cumulative', 'return-available-offline-amount'] as const;
const with5D = { availableOfflineAmount: true };

const otherDataObjects = { electronicCash: {}, contact: {}, contactless: {} };

/** Expected values from the tables of JR/T 0025.12-2013 7.7; where there is one, the case of the vendor's suite. */
const purse: readonly Decision[] = [
  { name: 'approves on an offline-only terminal', qualifiers: OFFLINE_ONLY, expected: 'TC 00', balance: 4_800 },
  { name: 'GPO-014 approves an amount of 0', qualifiers: OFFLINE_ONLY, amount: 0, expected: 'TC 00', balance: 5_000 },
  {
    name: 'declines above a limit that is no amount',
    card: { dataObjects: { ...otherDataObjects, common: { '9F78': 'FFFFFFFFFFFF' } } },
    qualifiers: OFFLINE_ONLY,
    expected: 'AAC 20',
  },
  {
    name: 'CRM-032 approves on an online-capable terminal',
    qualifiers: ONLINE_CAPABLE,
    expected: 'TC 00',
    balance: 4_800,
  },
  {
    name: 'GPO-016 goes online when the terminal wants it',
    qualifiers: '20800000',
    expected: 'ARQC 00',
    balance: 5_000,
  },
  { name: 'an offline-only terminal cannot want to go online', qualifiers: '28800000', expected: 'TC 00' },
  { name: 'refuses a terminal without qPBOC', qualifiers: '10000000', expected: '6985' },
  {
    name: 'CRM-029 declines above the balance',
    card: { electronicCash: { singleTransactionLimitFen: 9_000 } },
    qualifiers: OFFLINE_ONLY,
    amount: 5_100,
    expected: 'AAC 20',
    balance: 5_000,
  },
  {
    name: 'spends the balance to the last fen',
    card: { electronicCash: { singleTransactionLimitFen: 9_000 } },
    qualifiers: OFFLINE_ONLY,
    amount: 5_000,
    expected: 'TC 00',
    balance: 0,
  },
  { name: 'declines above the single-transaction limit', qualifiers: OFFLINE_ONLY, amount: 2_001, expected: 'AAC 20' },
  { name: 'takes the single-transaction limit itself', qualifiers: OFFLINE_ONLY, amount: 2_000, expected: 'TC 00' },
  {
    name: 'CRM-030 goes online above the single-transaction limit',
    qualifiers: ONLINE_CAPABLE,
    amount: 2_100,
    expected: 'ARQC 20',
    balance: 5_000,
  },
  {
    name: 'LVC-006 goes online when less than the threshold would stay',
    card: { processes: [...lowValue], ...with5D, electronicCash: { balanceFen: 1_000 } },
    qualifiers: ONLINE_CAPABLE,
    amount: 501,
    expected: 'ARQC 20',
    available: 1_000,
  },
  {
    name: 'approves when the threshold stays',
    card: { electronicCash: { balanceFen: 1_000 } },
    qualifiers: ONLINE_CAPABLE,
    amount: 500,
    expected: 'TC 00',
  },
  {
    name: 'an offline-only terminal may go below the threshold',
    card: { electronicCash: { balanceFen: 1_000 } },
    qualifiers: OFFLINE_ONLY,
    amount: 501,
    expected: 'TC 00',
  },
  {
    name: 'returns the new available amount in a record',
    card: { processes: [...lowValue], ...with5D },
    qualifiers: OFFLINE_ONLY,
    expected: 'TC 00',
    available: 4_800,
  },
  {
    name: 'returns the available amount with an AAC',
    card: { processes: [...lowValue], ...with5D },
    qualifiers: OFFLINE_ONLY,
    amount: 2_001,
    expected: 'AAC 20',
    available: 5_000,
  },
  {
    name: 'returns no amount that was not personalized',
    card: { processes: [...lowValue] },
    qualifiers: OFFLINE_ONLY,
    expected: 'TC 00',
  },
];

const purseAndCredit: readonly Decision[] = [
  {
    name: 'AND: both are debited',
    card: { processes: [...both], ...with5D, cumulativeLimitFen: 1_000 },
    qualifiers: OFFLINE_ONLY,
    expected: 'TC 00',
    balance: 4_800,
    cumulative: 200,
    available: 800,
  },
  {
    name: 'AND: declines above the cumulative limit',
    card: { processes: [...both], cumulativeLimitFen: 199 },
    qualifiers: OFFLINE_ONLY,
    expected: 'AAC 20',
    cumulative: 0,
  },
  {
    name: 'LVCandCTTA-004 AND: goes online above the cumulative limit',
    card: { processes: [...both], cumulativeLimitFen: 199 },
    qualifiers: ONLINE_CAPABLE,
    expected: 'ARQC 20',
  },
  {
    name: 'AND: the upper limit counts where there is one',
    card: { processes: [...both], cumulativeLimitFen: 199, cumulativeUpperLimitFen: 200 },
    qualifiers: OFFLINE_ONLY,
    expected: 'TC 00',
  },
  {
    name: 'OR: the purse pays as long as it can',
    card: { processes: [...either], ...with5D, cumulativeLimitFen: 1_000 },
    qualifiers: OFFLINE_ONLY,
    expected: 'TC 00',
    balance: 4_800,
    cumulative: 0,
    available: 5_800,
  },
  {
    name: 'OR: the whole amount goes to the credit, never a part',
    card: { processes: [...either], cumulativeLimitFen: 1_000, electronicCash: { balanceFen: 199 } },
    qualifiers: OFFLINE_ONLY,
    expected: 'TC 00',
    balance: 199,
    cumulative: 200,
  },
  {
    name: 'OR: the threshold does not count',
    card: { processes: [...either], electronicCash: { balanceFen: 600 } },
    qualifiers: ONLINE_CAPABLE,
    amount: 600,
    expected: 'TC 00',
    balance: 0,
  },
  {
    name: 'OR: declines when neither suffices',
    card: { processes: [...either], cumulativeLimitFen: 199, electronicCash: { balanceFen: 199 } },
    qualifiers: OFFLINE_ONLY,
    expected: 'AAC 20',
  },
  {
    name: 'without a fund it declines offline, without a bit',
    card: { processes: [] },
    qualifiers: OFFLINE_ONLY,
    expected: 'AAC 00',
  },
  {
    name: 'CRM-008 without a fund it goes online, without a bit',
    card: { processes: [] },
    qualifiers: ONLINE_CAPABLE,
    expected: 'ARQC 00',
  },
];

const prepaid: readonly Decision[] = [
  {
    name: 'prepaid: pays before it goes online',
    card: { processes: [...lowValue, 'prepaid'], ...with5D },
    qualifiers: '20800000',
    expected: 'ARQC 00',
    balance: 4_800,
    available: 4_800,
  },
  {
    name: 'prepaid: declines an amount of 0',
    card: { processes: ['low-value', 'prepaid'] },
    qualifiers: '20800000',
    amount: 0,
    expected: 'AAC 00',
  },
  {
    name: 'prepaid: declines above the balance',
    card: { processes: ['low-value', 'prepaid'] },
    qualifiers: '20800000',
    amount: 5_001,
    expected: 'AAC 00',
    balance: 5_000,
  },
  {
    name: 'prepaid AND: both are debited',
    card: { processes: [...both, 'prepaid'], cumulativeLimitFen: 200 },
    qualifiers: '20800000',
    expected: 'ARQC 00',
    balance: 4_800,
    cumulative: 200,
  },
  {
    name: 'prepaid AND: declines above the cumulative limit, over which the terminal wants to go online',
    card: { processes: [...both, 'prepaid'], cumulativeLimitFen: 199 },
    qualifiers: '20800000',
    expected: 'AAC 00',
    balance: 5_000,
    cumulative: 0,
  },
  {
    name: 'prepaid OR: an amount of 0 is declined, any other goes online unpaid',
    card: { processes: [...either, 'prepaid'] },
    qualifiers: '20800000',
    amount: 0,
    expected: 'AAC 00',
  },
  {
    name: 'prepaid: an amount of another currency is not the purse’s to pay',
    card: { processes: ['low-value', 'prepaid'] },
    qualifiers: '20800000',
    currency: '0840',
    expected: 'ARQC 00',
    balance: 5_000,
  },
  {
    name: 'LVCandCTTAprepaid-005 declines above the cumulative limit',
    card: { processes: [...both, 'prepaid'], cumulativeLimitFen: 199 },
    qualifiers: OFFLINE_ONLY,
    expected: 'AAC 20',
  },
];

describe.each([
  ['the purse', purse],
  ['purse and cumulative amount', purseAndCredit],
  ['prepaid', prepaid],
])('%s', (_, decisions) => {
  test.each(decisions)('$name', expectDecision);
});

test('offline approvals down to zero, then declined (LVC-004)', () => {
  const card = cardWith({ electronicCash: { balanceFen: 4_000, resetThresholdFen: 0 } });
  const terminal = { ...BUS, '9F02': '000000002000' };
  const kinds = [1, 2, 3].map(() => tap(card, terminal).data.get('9F10')![4]);
  expect(kinds).toEqual([0x90, 0x90, 0x80]);
  expect(card.inspect().applications[0]!.purse.balanceFen).toBe(0);
});

test('a card whose transactions are used up never starts another', () => {
  const cardFile = issue('service-card-51');
  const state = [{ ...cardFile.state[0]!, applicationTransactionCounter: 0xfffe }];
  const card = openCard({ ...cardFile, state }, { random });
  card.powerOn();
  expect(toHex(tap(card).data.get('9F36')!)).toBe('FFFF');
  for (let attempt = 0; attempt < 2; attempt++) expect(tap(card).response.statusWord).toBe(0x6985);
  expect(card.inspect().applications[0]!.purse.balanceFen).toBe(9_800);
});
