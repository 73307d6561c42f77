import { inAnotherTemplate, removed, replaced } from '../bend.js';
import {
  failed,
  LAST,
  OFFLINE,
  OFFLINE_CONTACT,
  ONLINE,
  ONLINE_CONTACT,
  OPTIONS,
  online,
  type Scenario,
  SIGNED,
  terminated,
} from '../scenario.js';

const REFUSED_AUTHENTICATION = 'offline-data-authentication-failed';
const FORGED = 'signed-dynamic-data-header';

/** A card that asks its issuer and gives its records and its signature with it, as account-based transit wants it. */
const ASKING = replaced('9F10', '07010103A0000001');
export const authenticatedOnline: readonly Scenario[] = [
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
    card: { flaw: 'signs-with-another-key' },
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

export const authentications: readonly Scenario[] = (
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
  card: { flaw: 'signs-with-another-key' },
  application: { whenAuthenticationFails },
  terminal: { '9F66': qualifiers },
  expect: { ...failed(outcome, reason, FORGED), tryAnotherInterface: outcome === 'terminated' },
}));

export const failures: readonly Scenario[] = [
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
    bend: { [LAST]: replaced('9F69', '02A5A5A5A5000000') },
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
    bend: { [SIGNED]: inAnotherTemplate },
    expect: {
      outcome: 'online-requested',
      reason: 'online-after-failed-authentication',
      oda: { ok: false },
      tvr: '0000000000',
      tsi: '8000',
    },
  },
];
