import { fromHex } from '../../../emv/bytes.js';
import type { CardFlaw } from '../../card/index.js';
import { SeededStream } from '../../numbers/seeded-stream.js';
import { nextPan } from '../pan.js';
import { revokedSerialNumber } from '../pki/revocations.js';
import { ISSUERS_EXPIRE, type TestPki } from '../pki/test-pki.js';
import type { CardProfile } from '../profile/profile-schema.js';

/** What the keys and certificates of a card are made from, whatever the algorithm. */
export interface CertifierInput {
  readonly profile: CardProfile;
  readonly pki: TestPki;
  /** What the card's keys and serial numbers follow from. */
  readonly seed: string;
}

/** No certification authority of ours, and none of UnionPay's, has a key of this index. */
const UNKNOWN_KEY_INDEX = 'FE';

/** 8F. */
export function authorityIndex({ profile }: CertifierInput, keyIndex: string) {
  return { tag: '8F', value: fromHex(profile.flaw === 'unknown-authority' ? UNKNOWN_KEY_INDEX : keyIndex) };
}

const IN_ISSUER_CERTIFICATE: ReadonlySet<CardFlaw> = new Set([
  'issuer-certificate-of-another-authority',
  'issuer-certificate-revoked',
]);

/** Whether the card carries the issuer's own certificate. */
export function hasGenuineIssuerCertificate({ profile }: CertifierInput): boolean {
  const { flaw, issuerCertificateExpires } = profile;
  return !(flaw !== undefined && IN_ISSUER_CERTIFICATE.has(flaw)) && issuerCertificateExpires === ISSUERS_EXPIRE;
}

/** `MMYY`, and the 3 bytes of the certificate's serial number, `genuine` unless that one is revoked. */
export function issuerCertificateFields({ profile, pki }: CertifierInput, genuine: Uint8Array) {
  const isRevoked = profile.flaw === 'issuer-certificate-revoked';
  return {
    expires: monthYear(profile.issuerCertificateExpires),
    serialNumber: isRevoked ? revokedSerialNumber(pki, profile.issuer) : genuine,
  };
}

/** The number it is made out to, `MMYY`, and 3 bytes that follow from the card's seed and number. */
export function cardCertificateFields({ profile, seed }: CertifierInput, name: string, pan: string) {
  return {
    pan: profile.flaw === 'certificate-of-another-card' ? nextPan(pan) : pan,
    expires: monthYear(profile.certificateExpires),
    serialNumber: new SeededStream(`${seed}/${name}/${pan}`).next(3),
  };
}

/** `YYYY-MM` as certificates write it. */
const monthYear = (month: string): string => `${month.slice(5)}${month.slice(2, 4)}`;
