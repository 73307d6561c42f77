import type { ContactScenario } from '../contact/scenarios.js';

const profile = 'service-card-51-sm';
const algorithms = ['rsa', 'sm2'] as const;
const pins = ['123456'];
const data = { DF69: '01' };
const meeting = { pins, data };
const approved = { outcome: 'approved-offline', oda: { ok: true }, tvr: '0000000000', tsi: 'E800' };

/** What a CDA that fails comes to: nothing that the card says with it can be believed. */
const failed = (reason: string) => ({ outcome: 'declined', oda: { ok: false, reason }, tvr: '0400000000' });

/** Cards of the SM algorithms in the slot of a shop. */
export const contactScenarios: readonly ContactScenario[] = [
  { id: 'sm2-card-cda', title: 'SM2 alone, CDA with SM3', profile, algorithms, meeting, expect: approved },
  {
    id: 'sm2-card-dda',
    title: 'SM2 alone, DDA',
    profile,
    application: { offlineAuthentication: ['dynamic'] },
    algorithms,
    meeting,
    expect: approved,
  },
  {
    id: 'sm2-card-sda',
    title: 'SM2 alone, SDA',
    profile,
    application: { offlineAuthentication: ['static'] },
    algorithms,
    meeting,
    expect: approved,
  },
  {
    id: 'sm2-card-online',
    title: 'SM2 alone, both cryptograms signed, the issuer answers in SM4',
    profile,
    algorithms,
    meeting: { ...meeting, terminal: { requestsOnline: true } },
    input: { options: { requestsOnline: true } },
    expect: { outcome: 'approved-online', oda: { ok: true } },
  },
  {
    id: 'sm2-card-electronic-cash',
    title: 'SM2 alone, paid from the electronic cash',
    profile,
    algorithms,
    meeting: { pins, data: { ...data, '9F7A': '01', '9F7B': '000000100000', '9F1B': '00000000' } },
    expect: { outcome: 'approved-offline', oda: { ok: true } },
  },
  {
    id: 'dual-card-sm2',
    title: 'RSA and SM2, the terminal knows both: SM2',
    profile: 'dual-algorithm',
    algorithms,
    meeting,
    expect: approved,
  },
  {
    id: 'dual-card-rsa',
    title: 'RSA and SM2, the terminal knows RSA alone: RSA',
    profile: 'dual-algorithm',
    meeting: { pins },
    expect: approved,
  },
  {
    id: 'sm2-card-at-rsa-terminal',
    title: 'SM2 alone at a terminal that knows RSA alone: the key is not found',
    profile,
    meeting: { pins },
    expect: failed('ca-key-missing'),
  },
  {
    id: 'sm2-card-wrong-signature',
    title: 'a forged card under SM2',
    profile,
    card: { flaw: 'signs-with-another-key' },
    algorithms,
    meeting,
    expect: failed('signed-dynamic-data-signature'),
  },
  {
    id: 'sm2-card-expired-certificate',
    title: 'the card’s SM2 certificate ended with 2015',
    profile,
    card: { certificateExpires: '2015-12' },
    algorithms,
    meeting,
    expect: failed('icc-certificate-expired'),
  },
  {
    id: 'sm2-card-revoked',
    title: 'the issuer’s SM2 certificate was revoked',
    profile,
    card: { flaw: 'issuer-certificate-revoked' },
    algorithms,
    knowsRevocations: true,
    meeting,
    expect: failed('issuer-certificate-revoked'),
  },
];
