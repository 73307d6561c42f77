import { added, inAnotherTemplate, inFormat1, left, refused, removed, replaced } from './bend.js';
import {
  approved,
  declined,
  failed,
  fen,
  OFFLINE,
  OFFLINE_CONTACT,
  ONLINE,
  ONLINE_CONTACT,
  online,
  type Scenario,
  terminated,
} from './scenario.js';

const CASH = { balanceFen: 10_000, limitFen: 100_000, singleTransactionLimitFen: 100_000 };
const PURSE = { ...CASH, resetThresholdFen: 0, authorizationCode: 'ECC001' };
const REFUSED_AUTHENTICATION = 'offline-data-authentication-failed';
const FORGED = 'signed-dynamic-data-header';
const DIRECTORY = 0;
const SELECTION = 1;
const OPTIONS = 2;
/** Records of the 5·1 service card: two with certificates, one signed, one with the signature, the last one. */
const [, , SIGNED, , LAST] = [3, 4, 5, 6, 7];

const approvals: Scenario[] = [
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

const onlineRequests: Scenario[] = [
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

/** A card that asks its issuer and gives its records and its signature with it, as account-based transit wants it. */
const ASKING = replaced('9F10', '07010103A0000001');
const authenticatedOnline: Scenario[] = [
  {
    id: 'online-authenticated',
    title: 'an ARQC with 94 and 9F4B, 9F66 byte 1 bit 1: the signature is checked, then online',
    terminal: { '9F66': '21000080' },
    bend: { [OPTIONS]: ASKING },
    expect: { ...online, oda: { ok: true }, tsi: '8000' },
  },
  {
    id: 'online-not-asked-to-authenticate',
    title: 'the same at a terminal without that bit: nothing is read',
    terminal: { '9F66': '20000080' },
    bend: { [OPTIONS]: ASKING },
    expect: online,
  },
  {
    id: 'online-forged',
    title: 'the same with a forged signature: online, and the authentication says so',
    card: { fault: 'signs-with-another-key' },
    terminal: { '9F66': '21000080' },
    bend: { [OPTIONS]: ASKING },
    expect: failed('online-requested', 'online-after-failed-authentication', FORGED),
  },
  {
    id: 'contactless-debit-credit',
    title: 'both contactless options, and no cryptogram: contactless debit/credit',
    terminal: { '9F66': '60000080' },
    bend: { [OPTIONS]: removed('9F26') },
    expect: terminated('contactless-debit-credit', true),
  },
];

const refusals: Scenario[] = [
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

const authentications: Scenario[] = (
  [
    ['decline', ONLINE_CONTACT, 'declined', REFUSED_AUTHENTICATION],
    ['go-online', ONLINE, 'online-requested', 'online-after-failed-authentication'],
    ['go-online', OFFLINE, 'declined', REFUSED_AUTHENTICATION],
    ['use-contact', OFFLINE_CONTACT, 'terminated', 'contact-after-failed-authentication'],
    ['use-contact', ONLINE_CONTACT, 'terminated', 'contact-after-failed-authentication'],
    ['use-contact', OFFLINE, 'declined', REFUSED_AUTHENTICATION],
  ] as const
).map(([whenAuthenticationFails, qualifiers, outcome, reason]) => ({
  id: `forged-${whenAuthenticationFails}-${qualifiers}`,
  title: `a forged signature, 9F6C: ${whenAuthenticationFails}, 9F66: ${qualifiers}`,
  card: { fault: 'signs-with-another-key' },
  application: { whenAuthenticationFails },
  terminal: { '9F66': qualifiers },
  expect: { ...failed(outcome, reason, FORGED), tryAnotherInterface: outcome === 'terminated' },
}));

const failures: Scenario[] = [
  {
    id: 'failed-certificate-expired',
    title: 'the certificate ended with 2015',
    profile: 'expired-certificate',
    expect: failed('declined', REFUSED_AUTHENTICATION, 'icc-certificate-expired'),
  },
  {
    id: 'failed-no-ca-key',
    title: 'the terminal does not know the authority',
    caKeys: 'none',
    expect: failed('declined', REFUSED_AUTHENTICATION, 'ca-key-missing'),
  },
  {
    id: 'failed-ca-key-checksum',
    title: 'the checksum of the CA key is wrong: the terminal has not taken it',
    caKeys: 'wrong-checksum',
    expect: failed('declined', REFUSED_AUTHENTICATION, 'ca-key-missing'),
  },
  {
    id: 'failed-profile',
    title: 'the profile promises no dynamic authentication and is not what was signed',
    bend: { [OPTIONS]: replaced('82', '1C00') },
    expect: { outcome: 'declined', reason: REFUSED_AUTHENTICATION, oda: { ok: false }, tvr: '0000000000', tsi: '8000' },
  },
  {
    id: 'failed-version-unknown',
    title: '9F69 names a version that the terminal does not know',
    bend: { [LAST!]: replaced('9F69', '02A5A5A5A5000000') },
    expect: failed('declined', REFUSED_AUTHENTICATION, 'fdda-version-unknown'),
  },
  {
    id: 'failed-version-downgrade',
    title: 'the terminal asked for version 01, a card of this edition (9F08 0030) signs version 00',
    cardHears: '28000000',
    expect: failed('declined', REFUSED_AUTHENTICATION, 'fdda-version-downgrade'),
  },
  {
    id: 'failed-record-template',
    title: 'a signed record is no template 70; 9F6C: go online',
    application: { whenAuthenticationFails: 'go-online' },
    terminal: { '9F66': ONLINE },
    bend: { [SIGNED!]: inAnotherTemplate },
    expect: {
      outcome: 'online-requested',
      reason: 'online-after-failed-authentication',
      oda: { ok: false },
      tvr: '0000000000',
      tsi: '8000',
    },
  },
];

const selections: Scenario[] = [
  {
    id: 'two-candidates',
    title: 'two applications: the second has the better priority; cryptogram version 17',
    profile: 'two-applications',
    expect: { ...approved, data: { '84': 'A000000333010106' } },
  },
  {
    id: 'two-candidates-next',
    title: 'the better one cannot be selected: the other one',
    profile: 'two-applications',
    bend: { '00A4040008A00000033301010600': refused('6A82') },
    expect: { ...approved, data: { '84': 'A000000333010101' } },
  },
  {
    id: 'two-candidates-blocked',
    title: 'the better one is blocked (6283): the other one',
    profile: 'two-applications',
    bend: { '00A4040008A00000033301010600': (response) => response.replace(/9000$/, '6283') },
    expect: { ...approved, data: { '84': 'A000000333010101' } },
  },
  {
    id: 'partial-name',
    title: 'the directory names the application by its beginning',
    bend: { [DIRECTORY]: replaced('4F', 'A0000003330101') },
    expect: { ...approved, data: { '84': 'A000000333010101' } },
  },
  {
    id: 'no-directory',
    title: 'an old card, contact only: no directory',
    profile: 'old-card-pboc2',
    expect: terminated('no-payment-directory', true),
  },
  {
    id: 'no-common-application',
    title: 'another scheme in the directory',
    bend: { [DIRECTORY]: replaced('4F', 'A0000000031010') },
    expect: terminated('no-common-application', true),
  },
  {
    id: 'no-pdol',
    title: 'no PDOL: no qPBOC',
    bend: { [SELECTION]: removed('9F38') },
    expect: terminated('no-qpboc', true),
  },
  {
    id: 'no-qualifiers-in-pdol',
    title: 'a PDOL that does not ask for 9F66: no qPBOC',
    bend: { [SELECTION]: replaced('9F38', '9F02065F2A029F3704') },
    expect: terminated('no-qpboc', true),
  },
];

const broken: Scenario[] = [
  {
    id: 'options-format-1',
    title: 'processing options in format 1 lack what qPBOC needs',
    bend: { [OPTIONS]: inFormat1 },
    expect: terminated('mandatory-data-missing', false),
  },
  ...['9F10', '9F26', '9F36', '94', '82'].map((tag) => ({
    id: `options-without-${tag}`,
    title: `processing options without ${tag}`,
    bend: { [OPTIONS]: removed(tag) },
    expect: terminated('mandatory-data-missing', false),
  })),
  ...['6984', '6283', '6A80'].map((statusWord) => ({
    id: `options-${statusWord}`,
    title: `processing options are answered by ${statusWord}`,
    bend: { [OPTIONS]: refused(statusWord) },
    expect: terminated('processing-options-refused', true),
  })),
  {
    id: 'record-missing',
    title: 'a record of the file locator is not there',
    bend: { [SIGNED!]: refused('6A83') },
    expect: terminated('record-unreadable', false),
  },
  {
    id: 'record-conflict',
    title: 'a record says another transaction counter than the processing options',
    bend: { [SIGNED!]: added('9F36', 'FFFF') },
    expect: terminated('data-conflict', false),
  },
  {
    id: 'pan-mismatch',
    title: 'track 2 names another card than the signed record: the last record is not read',
    bend: { [OPTIONS]: replaced('57', '6228000100000000025D35122010000000000F') },
    expect: { outcome: 'declined', reason: 'pan-mismatch', tvr: '0000000000', tsi: '0000' },
  },
  ...[DIRECTORY, OPTIONS, LAST!].map((place) => ({
    id: `removed-${place}`,
    title: `the card leaves at exchange ${place}`,
    bend: { [place]: left },
    expect: terminated('card-removed', false),
  })),
];

export const scenarios: readonly Scenario[] = [
  ...approvals,
  ...onlineRequests,
  ...authenticatedOnline,
  ...refusals,
  ...authentications,
  ...failures,
  ...selections,
  ...broken,
];
