import { approved, declined, fen, ONLINE, ONLINE_CONTACT, online, type Scenario, terminated } from '../scenario.js';

const CASH = { balanceFen: 10_000, limitFen: 100_000, singleTransactionLimitFen: 100_000 };
const PURSE = { ...CASH, resetThresholdFen: 0, authorizationCode: 'ECC001' };

export const approvals: readonly Scenario[] = [
  { id: 'approved-01', title: 'approved, fDDA version 01', expect: approved },
  { id: 'approved-00', title: 'approved, fDDA version 00', terminal: { '9F66': '28000000' }, expect: approved },
  {
    id: 'approved-online-terminal',
    title: 'approved at a terminal that could go online: at the floor limit, not above it',
    terminal: { '9F66': ONLINE, DF19: fen(200) },
    expect: { ...approved, data: { '9F66': '26000080' } },
  },
  {
    id: 'approved-offline-amount',
    title: 'approved, key of 1408 bits, 9F5D in a record of its own',
    profile: 'service-card-51-rural-credit',
    expect: { ...approved, data: { '9F5D': '000000004800' } },
  },
  {
    id: 'approved-largest-keys',
    title: 'approved, keys of 1984, 1968 and 1968 bits',
    chain: [1984, 1968],
    card: { keyBits: 1968 },
    expect: approved,
  },
  {
    id: 'approved-smallest-keys',
    title: 'approved, all keys of 1152 bits',
    chain: [1152, 1152],
    expect: approved,
  },
  {
    id: 'approved-zero',
    title: 'an identity tap: amount 0 at an offline-only terminal with the extension of part 14',
    terminal: { '9F02': fen(0), DF60: '01' },
    expect: approved,
  },
  {
    id: 'approved-last-day',
    title: 'approved on the last day of the application',
    application: { expires: '2016-01-04' },
    expect: approved,
  },
  {
    id: 'approved-last-day-of-certificate',
    title: 'approved on the last day of the month that the certificate names',
    card: { certificateExpires: '2016-01' },
    date: '2016-01-31',
    expect: approved,
  },
  {
    id: 'approved-with-signature',
    title: 'above the limit of the terminal the holder signs',
    application: { processes: ['low-value', 'signature'] },
    terminal: { '9F66': '2A000080', DF21: fen(200) },
    expect: { ...approved, cardholderVerification: 'signature', data: { '9F6C': '4000' } },
  },
  {
    id: 'approved-old-version',
    title: 'a card of an older edition (9F08 below 0030) answers version 00 to a terminal that asks for 01',
    application: { applicationVersion: '0020' },
    cardHears: '28000000',
    expect: approved,
  },
];

export const onlineRequests: readonly Scenario[] = [
  {
    id: 'online-floor-limit',
    title: 'above the contactless floor limit',
    terminal: { '9F66': ONLINE, DF19: fen(199) },
    expect: { ...online, data: { '9F66': '26800080' } },
  },
  {
    id: 'online-terminal-floor-limit',
    title: 'without a contactless floor limit the terminal floor limit 9F1B counts',
    terminal: { '9F66': ONLINE, '9F1B': '000000C7' },
    expect: { ...online, data: { '9F66': '26800080' } },
  },
  {
    id: 'online-zero',
    title: 'an amount of 0 without the extension',
    terminal: { '9F66': ONLINE, '9F02': fen(0) },
    expect: { ...online, data: { '9F66': '26800080' } },
  },
  {
    id: 'online-limit',
    title: 'the card goes online above its single transaction limit',
    application: { electronicCash: { ...PURSE, singleTransactionLimitFen: 199 } },
    terminal: { '9F66': ONLINE },
    expect: online,
  },
  {
    id: 'online-pin',
    title: 'above its verification limit the card asks for a PIN online',
    application: { electronicCash: { ...PURSE, verificationLimitFen: 199 }, processes: ['low-value', 'online-pin'] },
    terminal: { '9F66': ONLINE },
    expect: { ...online, cardholderVerification: 'online-pin', data: { '9F6C': '8000' } },
  },
  {
    id: 'online-other-currency',
    title: 'another currency, which the card does not spend offline',
    terminal: { '9F66': ONLINE, '5F2A': '0344' },
    expect: online,
  },
  {
    id: 'online-new-card',
    title: 'a new card asks its issuer first',
    application: { processes: ['low-value', 'new-card-check'] },
    terminal: { '9F66': ONLINE },
    expect: online,
  },
  {
    id: 'online-prepaid',
    title: 'a prepaid card pays before it asks',
    application: { processes: ['low-value', 'prepaid'] },
    terminal: { '9F66': ONLINE, DF19: fen(100) },
    expect: online,
  },
];

export const refusals: readonly Scenario[] = [
  { id: 'declined-empty', title: 'nothing left in the purse', profile: 'empty-purse', expect: declined },
  {
    id: 'declined-other-currency',
    title: 'another currency, which the card forbids',
    application: { processes: ['low-value', 'other-currency-forbidden'] },
    terminal: { '9F66': ONLINE, '5F2A': '0344' },
    expect: declined,
  },
  {
    id: 'approved-other-currency',
    title: 'another currency, which the card allows offline',
    application: { processes: ['low-value', 'offline-in-other-currency'], foreignCurrencyLimit: 1 },
    terminal: { '5F2A': '0344' },
    expect: approved,
  },
  {
    id: 'declined-expired',
    title: 'the application ended yesterday: the last record is not read',
    application: { expires: '2016-01-03' },
    expect: {
      outcome: 'declined',
      reason: 'card-expired',
      tryAnotherInterface: false,
      tvr: '0040000000',
      tsi: '0000',
    },
  },
  {
    id: 'refused-no-verification',
    title: 'a verification that card and terminal have not in common: 6985',
    terminal: { DF21: fen(200) },
    expect: terminated('processing-options-refused', true),
  },
  {
    id: 'refused-contact-preferred',
    title: 'for online the card wants its contacts: 6985',
    application: { processes: ['low-value', 'contact-preferred-for-online'] },
    terminal: { '9F66': ONLINE_CONTACT, DF19: fen(100) },
    expect: terminated('processing-options-refused', true),
  },
  {
    id: 'refused-transaction-limit',
    title: 'the amount reaches the transaction limit: the field stays off',
    terminal: { DF20: fen(200) },
    expect: terminated('above-transaction-limit', true),
  },
  {
    id: 'refused-zero',
    title: 'an amount of 0 at an offline-only terminal without the extension: the field stays off',
    terminal: { '9F02': fen(0) },
    expect: terminated('zero-amount', true),
  },
];
