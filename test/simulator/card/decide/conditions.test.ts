import { describe, test } from 'vitest';
import { type Decision, expectDecision, OFFLINE_ONLY, ONLINE_CAPABLE } from './decision.js';

const ABROAD = '0840';

/** Expected values from the tables of JR/T 0025.12-2013 7.7; where there is one, the case of the vendor's suite. */
const otherCurrency: readonly Decision[] = [
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
];

const newCardAndPinTries: readonly Decision[] = [
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
];

const verification: readonly Decision[] = [
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
];

const contactPreferred: readonly Decision[] = [
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
];

describe.each([
  ['another currency', otherCurrency],
  ['new card, PIN tries', newCardAndPinTries],
  ['verification', verification],
  ['contact preferred for online', contactPreferred],
])('%s', (_, decisions) => {
  test.each(decisions)('$name', expectDecision);
});
