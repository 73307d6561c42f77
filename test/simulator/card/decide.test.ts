import { expect, test } from 'vitest';
import { toHex } from '../../../emv/index.js';
import { type ApplicationProfile, issueCard, loadProfile, openCard } from '../../../simulator/index.js';
import { BUS, pki, random, tap } from '../card-in-hand.js';

type Personalized = Partial<Omit<ApplicationProfile, 'electronicCash'>> & {
  readonly electronicCash?: Partial<NonNullable<ApplicationProfile['electronicCash']>>;
};

/** A card with 50 yuan, 20 at once, 5 to stay, verification above 10; changed as told. */
function cardWith({ electronicCash = {}, ...changed }: Personalized) {
  const profile = loadProfile('service-card-51');
  const [first] = profile.applications;
  const cash = { balanceFen: 5_000, limitFen: 10_000, singleTransactionLimitFen: 2_000, resetThresholdFen: 500 };
  const application = {
    ...first!,
    ...changed,
    electronicCash: { ...first!.electronicCash!, ...cash, ...electronicCash },
  };
  const card = openCard(issueCard({ ...profile, applications: [application] }, pki), { random });
  card.powerOn();
  return card;
}

const OFFLINE_ONLY = '28000000';
const ONLINE_CAPABLE = '20000000';
const ABROAD = '0840';

interface Case {
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

const lowValue = ['low-value', 'return-available-offline-amount'] as const;
const both = ['low-value-and-cumulative', 'return-available-offline-amount'] as const;
const either = ['low-value-or-cumulative', 'return-available-offline-amount'] as const;
const with5D = { availableOfflineAmount: true };

const otherDataObjects = { electronicCash: {}, contact: {}, contactless: {} };

/** Expected values from the tables of JR/T 0025.12-2013 7.7; where there is one, the case of the vendor's suite. */
const cases: readonly Case[] = [
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

  {
    name: 'CRM-001 declines another currency where it is forbidden',
    card: { processes: ['low-value', 'other-currency-forbidden'] },
    qualifiers: OFFLINE_ONLY,
    currency: ABROAD,
    expected: 'AAC 00',
  },
  {
    name: 'declines it on every terminal',
    card: { processes: ['low-value', 'other-currency-forbidden'] },
    qualifiers: '20800000',
    currency: ABROAD,
    expected: 'AAC 00',
  },
  { name: 'goes online in another currency', qualifiers: ONLINE_CAPABLE, currency: ABROAD, expected: 'ARQC 00' },
  {
    name: 'declines another currency where it cannot go online',
    qualifiers: OFFLINE_ONLY,
    currency: ABROAD,
    expected: 'AAC 00',
  },
  {
    name: 'NMCO-001 approves another currency and counts it',
    card: { processes: ['low-value', 'offline-in-other-currency'], foreignCurrencyLimit: 1 },
    qualifiers: OFFLINE_ONLY,
    currency: ABROAD,
    expected: 'TC 00',
    balance: 5_000,
  },
  {
    name: 'NMCO-001 declines when all of them are used',
    card: { processes: ['low-value', 'offline-in-other-currency'], foreignCurrencyLimit: 0 },
    qualifiers: OFFLINE_ONLY,
    currency: ABROAD,
    expected: 'AAC 20',
  },

  {
    name: 'new card: declined offline',
    card: { processes: ['low-value', 'new-card-declined-offline'] },
    qualifiers: OFFLINE_ONLY,
    expected: 'AAC 00',
  },
  {
    name: 'new card: goes online',
    card: { processes: ['low-value', 'new-card-check'] },
    qualifiers: ONLINE_CAPABLE,
    expected: 'ARQC 10',
  },
  {
    name: 'new card: not looked at on an offline-only terminal',
    card: { processes: ['low-value', 'new-card-check'] },
    qualifiers: OFFLINE_ONLY,
    expected: 'TC 00',
  },
  {
    name: 'a card that has been online is not new',
    card: {
      processes: ['low-value', 'new-card-check', 'new-card-declined-offline'],
      lastOnlineApplicationTransactionCounter: 1,
    },
    qualifiers: ONLINE_CAPABLE,
    expected: 'TC 00',
  },
  {
    name: 'CRM-003 declines without PIN tries',
    card: { processes: ['low-value', 'pin-tries-check'], pinTries: 0 },
    qualifiers: OFFLINE_ONLY,
    expected: 'AAC 40',
  },
  {
    name: 'goes online without PIN tries',
    card: { processes: ['low-value', 'pin-tries-check'], pinTries: 0 },
    qualifiers: ONLINE_CAPABLE,
    expected: 'ARQC 40',
  },

  {
    name: 'CRM-006 refuses when verification is due and nothing is common',
    card: { electronicCash: { verificationLimitFen: 199 } },
    qualifiers: OFFLINE_ONLY,
    expected: '6985',
  },
  {
    name: 'needs no verification at the limit itself',
    card: { electronicCash: { verificationLimitFen: 200 } },
    qualifiers: OFFLINE_ONLY,
    expected: 'TC 00',
  },
  {
    name: 'CRM-005 refuses when verification is due abroad',
    card: { processes: ['low-value', 'verification-in-other-currency', 'offline-in-other-currency'] },
    qualifiers: OFFLINE_ONLY,
    currency: ABROAD,
    expected: '6985',
  },
  {
    name: 'CRM-016 takes a signature and goes on',
    card: { processes: ['low-value', 'signature'], electronicCash: { verificationLimitFen: 199 } },
    qualifiers: '22400000',
    expected: 'TC 00',
    qualifiersAfter: '4000',
  },
  {
    name: 'an offline-only terminal takes a signature',
    card: { processes: ['low-value', 'signature'] },
    qualifiers: '2A400000',
    expected: 'TC 00',
    qualifiersAfter: '4000',
  },
  {
    name: 'CRM-012 signature and online',
    card: { processes: ['low-value', 'signature'] },
    qualifiers: '22C00000',
    expected: 'ARQC 00',
    qualifiersAfter: '4000',
  },
  {
    name: 'an online PIN goes online at once',
    card: { processes: ['low-value', 'signature', 'online-pin', 'new-card-check'] },
    qualifiers: '26400000',
    expected: 'ARQC 00',
    qualifiersAfter: '8000',
  },
  {
    name: 'an online PIN abroad is another choice',
    card: { processes: ['low-value', 'online-pin'] },
    qualifiers: '24400000',
    currency: ABROAD,
    expected: '6985',
  },

  {
    name: 'CRM-014 prefers contact to going online',
    card: { processes: ['low-value', 'contact-preferred-for-online'] },
    qualifiers: '30800000',
    expected: '6985',
  },
  {
    name: 'contact preferred: goes online where there is no contact',
    card: { processes: ['low-value', 'contact-preferred-for-online'] },
    qualifiers: '20800000',
    expected: 'ARQC 00',
  },
  {
    name: 'contact preferred: approves offline all the same',
    card: { processes: ['low-value', 'contact-preferred-for-online'] },
    qualifiers: '30000000',
    expected: 'TC 00',
  },

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
    name: 'LVCandCTTAprepaid-005 declines above the cumulative limit',
    card: { processes: [...both, 'prepaid'], cumulativeLimitFen: 199 },
    qualifiers: OFFLINE_ONLY,
    expected: 'AAC 20',
  },
];

const cryptogramTypes = ['AAC', 'TC', 'ARQC'];

test.each(cases)('$name', ({ card: personalized = {}, qualifiers, amount = 200, currency = '0156', ...expected }) => {
  const card = cardWith(personalized);
  const terminal = { ...BUS, '9F66': qualifiers, '9F02': amount.toString().padStart(12, '0'), '5F2A': currency };
  const { response, data } = tap(card, terminal);
  const [{ purse, counters }] = card.inspect().applications as [
    ReturnType<typeof card.inspect>['applications'][number],
  ];
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
});

test('offline approvals down to zero, then declined (LVC-004)', () => {
  const card = cardWith({ electronicCash: { balanceFen: 4_000, resetThresholdFen: 0 } });
  const terminal = { ...BUS, '9F02': '000000002000' };
  const kinds = [1, 2, 3].map(() => tap(card, terminal).data.get('9F10')![4]);
  expect(kinds).toEqual([0x90, 0x90, 0x80]);
  expect(card.inspect().applications[0]!.purse.balanceFen).toBe(0);
});

test('a card whose transactions are used up never starts another', () => {
  const cardFile = issueCard(loadProfile('service-card-51'), pki);
  const state = [{ ...cardFile.state[0]!, applicationTransactionCounter: 0xfffe }];
  const card = openCard({ ...cardFile, state }, { random });
  card.powerOn();
  expect(toHex(tap(card).data.get('9F36')!)).toBe('FFFF');
  for (let attempt = 0; attempt < 2; attempt++) expect(tap(card).response.statusWord).toBe(0x6985);
  expect(card.inspect().applications[0]!.purse.balanceFen).toBe(9_800);
});
