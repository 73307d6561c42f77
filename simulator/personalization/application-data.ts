import { encodeNumeric, fromAscii, toHex } from '../../emv/bytes.js';
import { encodeCardAdditionalProcesses } from '../card/index.js';
import defaults from './application-defaults.json' with { type: 'json' };
import type { ApplicationProfile, CardProfile } from './profile-schema.js';

const DIGITS_IN_TRACK_2 = 37;
const SERVICE_CODE = '201';
const QUALIFIERS = { decline: '0000', 'go-online': '2000', 'use-contact': '1000' } as const;

const even = (digits: string) => (digits.length % 2 === 0 ? digits : `${digits}F`);
const yearMonthDay = (date: string) => date.replaceAll('-', '').slice(2);
const amount = (fen: number) => toHex(encodeNumeric(fen, 6));

/** The data objects of an application by tag, in hex, without certificates (JR/T 0025.10-2013 6.4). */
export function applicationData(profile: CardProfile, application: ApplicationProfile): Record<string, string> {
  return {
    ...defaults.common,
    ...defaults[profile.interface],
    '57': track2Equivalent(application),
    '5A': even(application.pan),
    '5F20': toHex(fromAscii(profile.cardholderName)),
    '5F24': yearMonthDay(application.expires),
    '5F25': yearMonthDay(application.effective),
    '5F34': application.panSequenceNumber,
    '9F08': application.applicationVersion,
    '9F17': toHex(Uint8Array.of(application.pinTries)),
    '9F42': application.currency,
    '9F51': application.currency,
    ...limits(application),
    ...electronicCash(application),
    ...(profile.interface === 'contactless' ? contactless(application) : {}),
  };
}

/** PAN, separator, expiry, service code, discretionary digits (EMV 4.3 Book 3 annex A, tag 57). */
function track2Equivalent({ pan, expires }: ApplicationProfile): string {
  const fixed = `${pan}D${yearMonthDay(expires).slice(0, 4)}${SERVICE_CODE}`;
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

function contactless(application: ApplicationProfile): Record<string, string> {
  return {
    '9F68': toHex(encodeCardAdditionalProcesses(application.processes)),
    '9F6C': QUALIFIERS[application.whenAuthenticationFails],
    ...(application.availableOfflineAmount ? { '9F5D': amount(1) } : {}),
  };
}
