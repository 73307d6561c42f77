import { encodeNumeric, fromAscii, fromHex, toHex } from '../../emv/bytes.js';
import { clearNamedBit, encodeCardAdditionalProcesses, encodeNamedBits } from '../card/index.js';
import defaults from './application-defaults.json' with { type: 'json' };
import { nextPan } from './pan.js';
import type { ApplicationProfile, CardProfile } from './profile/profile-schema.js';

const DIGITS_IN_TRACK_2 = 37;
const SERVICE_CODE = '201';
const QUALIFIERS = {
  decline: [],
  'go-online': ['onlineIfAuthenticationFails'],
  'use-contact': ['contactIfAuthenticationFails'],
} as const;

/** The card asks what the terminal can do (JR/T 0025.17-2013 10.3.2). */
const SM_INDICATOR = 'DF6901';

const even = (digits: string) => (digits.length % 2 === 0 ? digits : `${digits}F`);
const yearMonthDay = (date: string) => date.replaceAll('-', '').slice(2);
const amount = (fen: number) => toHex(encodeNumeric(fen, 6));
const bits = (tag: string, length: number, names: readonly string[]) => toHex(encodeNamedBits(tag, length, names));

/** What an application is personalized with, by tag, in hex, without certificates (JR/T 0025.10-2013 6.4). */
export interface PersonalizedData {
  readonly data: Record<string, string>;
  /** What stands for another value over contact, on a card with both interfaces. */
  readonly contactData?: Record<string, string>;
  /** What stands for another value in an electronic cash transaction over contact. */
  readonly electronicCashData?: Record<string, string>;
}

export function applicationData(profile: CardProfile, application: ApplicationProfile): PersonalizedData {
  const { dataObjects: more } = application;
  const contact = contactData(profile, application);
  const hasContact = profile.interface !== 'contactless';
  const isDual = profile.interface === 'dual';
  const differing = Object.fromEntries(
    CONTACT_ALONE.flatMap((tag) => (contact[tag] === undefined ? [] : [[tag, contact[tag]] as const])),
  );
  const shared = isDual ? Object.fromEntries(Object.entries(contact).filter(([tag]) => !(tag in differing))) : contact;
  const profileOfCash = withoutIssuerAuthentication(more.contact['82'] ?? differing['82']!);
  return {
    data: {
      ...defaults.common,
      ...(hasContact ? shared : {}),
      ...(profile.interface === 'contact'
        ? {}
        : askingForSm(application, { ...defaults.contactless, ...contactless(application) })),
      ...commonData(profile, application),
      ...more.common,
      ...(profile.interface === 'contact' ? more.contact : more.contactless),
    },
    ...(isDual ? { contactData: { ...differing, ...more.contact } } : {}),
    ...(hasContact && application.electronicCash !== undefined
      ? { electronicCashData: { '82': profileOfCash, ...more.electronicCash } }
      : {}),
  };
}

/** These are other ones over contact than over contactless. */
const CONTACT_ALONE = ['82', '9F38', 'DF4D', 'DF4F'] as const;
const CONTACT_PROFILE = ['cardholderVerification', 'terminalRiskManagement', 'issuerAuthentication'] as const;

function withoutIssuerAuthentication(interchangeProfile: string): string {
  const profile = fromHex(interchangeProfile);
  clearNamedBit('82', profile, 'issuerAuthentication');
  return toHex(profile);
}

function contactData(profile: CardProfile, application: ApplicationProfile): Record<string, string> {
  const { offlineAuthentication: chosen, electronicCash: cash, pin } = application;
  const kinds =
    chosen ?? (profile.interface === 'contact' ? ['static' as const] : ['dynamic' as const, 'combined' as const]);
  return askingForSm(application, {
    ...defaults.contact,
    '82': bits('82', 2, [...CONTACT_PROFILE, ...kinds.map((kind) => `${kind}DataAuthentication`)]),
    ...(pin === undefined ? {} : defaults.contactWithPin),
    ...(cash === undefined ? {} : defaults.contactElectronicCash),
  });
}

function askingForSm<Data extends Record<string, string>>(
  { publicKeyAlgorithms }: ApplicationProfile,
  data: Data & { '9F38': string },
): Data {
  return publicKeyAlgorithms.includes('sm2') ? { ...data, '9F38': `${data['9F38']}${SM_INDICATOR}` } : data;
}

function commonData(profile: CardProfile, application: ApplicationProfile): Record<string, string> {
  return {
    '57': track2Equivalent(profile, application),
    '5A': even(application.pan),
    '5F20': toHex(fromAscii(profile.cardholderName)),
    '5F24': yearMonthDay(application.expires),
    '5F25': yearMonthDay(application.effective),
    '5F34': application.panSequenceNumber,
    '9F08': application.applicationVersion,
    '9F17': toHex(Uint8Array.of(application.pinTries)),
    '9F42': application.currency,
    '9F51': application.currency,
    '9F7F': productionLifeCycle(application),
    ...limits(application),
    ...electronicCash(application),
    ...secondElectronicCash(application),
    ...smallPayment(application),
  };
}

function smallPayment({ smallPayment: extension }: ApplicationProfile): Record<string, string> {
  if (extension === undefined) return {};
  const { preAuthorization, responseMac, offsetLimitFen } = extension;
  const abilities = [
    preAuthorization ? 'preAuthorization' : 'segmentDeductionOnly',
    ...(responseMac ? ['responseMac'] : []),
  ];
  return { DF61: bits('DF61', 1, abilities), DF62: amount(offsetLimitFen), DF63: amount(0) };
}

/** 42 bytes, of which only the chip's serial number says something: the end of the card number. */
function productionLifeCycle({ pan }: ApplicationProfile): string {
  return pan.slice(-8).padStart(32, '0').padEnd(84, '0');
}

/** PAN, separator, expiry, service code, discretionary digits (EMV 4.3 Book 3 annex A, tag 57). */
function track2Equivalent({ flaw }: CardProfile, { pan, expires }: ApplicationProfile): string {
  const named = flaw === 'track-2-of-another-card' ? nextPan(pan) : pan;
  const fixed = `${named}D${yearMonthDay(expires).slice(0, 4)}${SERVICE_CODE}`;
  return even(fixed.padEnd(DIGITS_IN_TRACK_2, '0'));
}

function limits(application: ApplicationProfile): Record<string, string> {
  const { cumulativeLimitFen, cumulativeUpperLimitFen, foreignCurrencyLimit } = application;
  return {
    ...(cumulativeLimitFen === undefined ? {} : { '9F54': amount(cumulativeLimitFen) }),
    ...(cumulativeUpperLimitFen === undefined ? {} : { '9F5C': amount(cumulativeUpperLimitFen) }),
    ...(foreignCurrencyLimit === undefined ? {} : { '9F53': toHex(Uint8Array.of(foreignCurrencyLimit)) }),
  };
}

function electronicCash({ electronicCash: cash }: ApplicationProfile): Record<string, string> {
  if (cash === undefined) return {};
  return {
    '9F74': toHex(fromAscii(cash.authorizationCode)),
    '9F77': amount(cash.limitFen),
    '9F78': amount(cash.singleTransactionLimitFen),
    '9F79': amount(cash.balanceFen),
    '9F6D': amount(cash.resetThresholdFen),
    ...(cash.verificationLimitFen === undefined ? {} : { '9F6B': amount(cash.verificationLimitFen) }),
  };
}

/** Its own data objects of the second currency (JR/T 0025.15-2013). */
function secondElectronicCash({ secondElectronicCash: cash }: ApplicationProfile): Record<string, string> {
  if (cash === undefined) return {};
  return {
    DF71: cash.currency,
    DF76: amount(cash.resetThresholdFen),
    DF77: amount(cash.limitFen),
    DF78: amount(cash.singleTransactionLimitFen),
    DF79: amount(cash.balanceFen),
    ...(cash.verificationLimitFen === undefined ? {} : { DF72: amount(cash.verificationLimitFen) }),
  };
}

function contactless(application: ApplicationProfile): Record<string, string> {
  return {
    '9F68': toHex(encodeCardAdditionalProcesses(application.processes)),
    '9F6C': bits('9F6C', 2, QUALIFIERS[application.whenAuthenticationFails]),
    ...(application.availableOfflineAmount ? { '9F5D': amount(1) } : {}),
    ...(application.smallPayment === undefined ? {} : defaults.contactlessSmallPayment),
  };
}
