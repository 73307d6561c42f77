import type { CardFlaw } from '../../card/index.js';
import { type Certificate, certifyIssuer } from '../pki/certificates.js';
import { generateRsaKey, type RsaKey } from '../pki/generate-rsa-key.js';
import { revokedSerialNumber } from '../pki/revocations.js';
import type { TestIssuer, TestPki } from '../pki/test-pki.js';
import type { CardProfile } from '../profile/profile-schema.js';

type Certified = Pick<CardProfile, 'issuer' | 'flaw' | 'issuerCertificateExpires'>;

const IN_ISSUER_CERTIFICATE: ReadonlySet<CardFlaw> = new Set([
  'issuer-certificate-of-another-authority',
  'issuer-certificate-revoked',
]);
/** Of the issuers' own certificates. */
const EXPIRES = '2035-12';

/** A key of nobody's, of the same length and exponent. */
export function strangerKey(seed: string, { length, publicExponent }: RsaKey): RsaKey {
  return generateRsaKey(`${seed}/stranger`, length * 8, publicExponent === 3n ? 3 : 65537);
}

/** The issuer with the certificate that this card carries of it, which is not the issuer's own where it was forged. */
export function issuerOfCard(pki: TestPki, profile: Certified): TestIssuer {
  const issuer = pki.issuer(profile.issuer);
  const isForged = profile.flaw !== undefined && IN_ISSUER_CERTIFICATE.has(profile.flaw);
  if (!isForged && profile.issuerCertificateExpires === EXPIRES) return issuer;
  return { ...issuer, certificate: certificateOnCard(pki, issuer, profile) };
}

function certificateOnCard(pki: TestPki, issuer: TestIssuer, profile: Certified): Certificate {
  const { flaw, issuerCertificateExpires: month } = profile;
  const isForeign = flaw === 'issuer-certificate-of-another-authority';
  const isRevoked = flaw === 'issuer-certificate-revoked';
  const { certificationAuthority } = pki;
  return certifyIssuer({
    certificationAuthority: isForeign ? strangerKey(`${pki.seed}/ca`, certificationAuthority) : certificationAuthority,
    issuer: issuer.key,
    issuerIdentifier: issuer.issuerIdentifier,
    expires: `${month.slice(5)}${month.slice(2, 4)}`,
    serialNumber: isRevoked ? revokedSerialNumber(pki, profile.issuer) : issuer.serialNumber,
  });
}
