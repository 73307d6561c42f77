import { approved, failed, ONLINE, online, type Scenario, terminated } from '../scenario.js';

const REFUSED = 'offline-data-authentication-failed';
const SM = { DF69: '01' };
const terminal = SM;
const profile = 'service-card-51-sm';
const algorithms = ['rsa', 'sm2'] as const;

/** Cards of the SM algorithms at a bus validator. */
export const contactlessScenarios: readonly Scenario[] = [
  { id: 'sm2', title: 'SM2 alone, fDDA version 01', profile, algorithms, terminal, expect: approved },
  {
    id: 'sm2-version-00',
    title: 'SM2 alone, fDDA version 00',
    profile,
    algorithms,
    terminal: { ...SM, '9F66': '28000000' },
    expect: approved,
  },
  {
    id: 'sm2-online',
    title: 'SM2 alone, the terminal wants the issuer: a cryptogram of SM4, no signature',
    profile,
    algorithms,
    terminal: { ...SM, '9F66': ONLINE, DF19: '000000000000' },
    expect: { ...online, reason: 'online-requested-by-card' },
  },
  {
    id: 'dual-sm2',
    title: 'RSA and SM2, the terminal knows both: SM2',
    profile: 'dual-algorithm',
    algorithms,
    terminal,
    expect: approved,
  },
  {
    id: 'dual-rsa',
    title: 'RSA and SM2, the terminal knows RSA alone: RSA',
    profile: 'dual-algorithm',
    expect: approved,
  },
  {
    id: 'sm2-at-rsa-terminal',
    title: 'SM2 alone at a terminal that knows RSA alone: the card refuses, DF69 is zeros',
    profile,
    expect: terminated('processing-options-refused', true),
  },
  {
    id: 'sm2-unknown-authority',
    title: 'the terminal says that it knows SM2, and has no key of this authority',
    profile,
    terminal,
    expect: failed('declined', REFUSED, 'ca-key-missing'),
  },
  {
    id: 'sm2-wrong-signature',
    title: 'a forged card under SM2: its certificates are genuine, its signature is not',
    profile,
    card: { flaw: 'signs-with-another-key' },
    algorithms,
    terminal,
    expect: failed('declined', REFUSED, 'signed-dynamic-data-signature'),
  },
  {
    id: 'sm2-expired-certificate',
    title: 'the card’s SM2 certificate ended with 2015',
    profile,
    card: { certificateExpires: '2015-12' },
    algorithms,
    terminal,
    expect: failed('declined', REFUSED, 'icc-certificate-expired'),
  },
  {
    id: 'sm2-expired-issuer-certificate',
    title: 'the issuer’s SM2 certificate ended with 2015',
    profile,
    card: { issuerCertificateExpires: '2015-12' },
    algorithms,
    terminal,
    expect: failed('declined', REFUSED, 'issuer-certificate-expired'),
  },
  {
    id: 'sm2-revoked',
    title: 'the issuer’s SM2 certificate was revoked',
    profile,
    card: { flaw: 'issuer-certificate-revoked' },
    algorithms,
    knowsRevocations: true,
    terminal,
    expect: failed('declined', REFUSED, 'issuer-certificate-revoked'),
  },
];
