import { toHex } from '../../../emv/bytes.js';
import type { CardPrivateKey } from '../../card/index.js';
import { toBigEndian } from '../../numbers/big-endian.js';
import { type Certificate, certifyCard, certifyIssuer, signStaticData } from '../pki/certificates.js';
import { generateCardKey } from '../pki/generate-card-key.js';
import { generateRsaKey, type RsaKey } from '../pki/generate-rsa-key.js';
import { ProfileError } from '../profile/profile-error.js';
import type { RecordObject } from '../records.js';
import type { Certifier } from './certifier.js';
import {
  authorityIndex,
  type CertifierInput,
  cardCertificateFields,
  hasGenuineIssuerCertificate,
  issuerCertificateFields,
} from './certifier-input.js';

/**
 * RSA: what of a key a certificate has no room for stands beside it, with the exponent (JR/T 0025.7-2013). Throws
 * {@link ProfileError} for a key longer than the issuer's.
 */
export function rsaCertifier(input: CertifierInput): Certifier {
  const { pki, profile, seed } = input;
  const { flaw, keyBits } = profile;
  const issuer = pki.issuer(profile.issuer);
  if (keyBits > issuer.key.length * 8) {
    throw new ProfileError('profile-invalid', `keyBits: longer than the issuer's key of ${issuer.key.length * 8} bits`);
  }
  const card = generateCardKey(`${seed}/rsa`, keyBits);
  const signing = flaw === 'signs-with-another-key' ? generateCardKey(`${seed}/forged`, keyBits) : card;
  const signingIssuer =
    flaw === 'issuer-signs-with-another-key'
      ? strangerKey(`${pki.seed}/issuer/${profile.issuer}`, issuer.key)
      : issuer.key;
  return {
    algorithm: 'rsa',
    keyLength: card.length,
    privateKey: { privateKey: keptKey(signing) },
    issuerCertificate() {
      const tags = { certificate: '90', exponent: '9F32', remainder: '92' };
      const [first, ...others] = certificateObjects(issuerCertificate(input), tags);
      return [first!, authorityIndex(input, pki.keyIndex), ...others];
    },
    cardCertificate({ pan, staticData }) {
      const fields = cardCertificateFields(input, 'serial-number', pan);
      const certificate = certifyCard({ issuer: signingIssuer, card, staticData, ...fields });
      return certificateObjects(certificate, { certificate: '9F46', exponent: '9F47', remainder: '9F48' });
    },
    signStaticData: (code, staticData) => ({ tag: '93', value: signStaticData(signingIssuer, code, staticData) }),
  };
}

/** The certificate that this card carries of its issuer, which is not the issuer's own where it was forged. */
function issuerCertificate(input: CertifierInput): Certificate {
  const { pki, profile } = input;
  const issuer = pki.issuer(profile.issuer);
  if (hasGenuineIssuerCertificate(input)) return issuer.certificate;
  const { certificationAuthority } = pki;
  const isForeign = profile.flaw === 'issuer-certificate-of-another-authority';
  return certifyIssuer({
    certificationAuthority: isForeign ? strangerKey(`${pki.seed}/ca`, certificationAuthority) : certificationAuthority,
    issuer: issuer.key,
    issuerIdentifier: issuer.issuerIdentifier,
    ...issuerCertificateFields(input, issuer.serialNumber),
  });
}

/** A key of nobody's, of the same length and exponent. */
function strangerKey(seed: string, { length, publicExponent }: RsaKey): RsaKey {
  return generateRsaKey(`${seed}/stranger`, length * 8, publicExponent === 3n ? 3 : 65537);
}

function certificateObjects(
  { certificate, exponent, remainder }: Certificate,
  tags: Readonly<Record<keyof Certificate, string>>,
): RecordObject[] {
  return [
    { tag: tags.certificate, value: certificate },
    { tag: tags.exponent, value: exponent },
    ...(remainder.length === 0 ? [] : [{ tag: tags.remainder, value: remainder }]),
  ];
}

function keptKey({ modulus, publicExponent, privateExponent, primes, length }: RsaKey): CardPrivateKey {
  return {
    modulus: toHex(toBigEndian(modulus, length)),
    publicExponent: publicExponent === 3n ? '03' : '010001',
    privateExponent: toHex(toBigEndian(privateExponent, length)),
    primes: primes.map((prime) => toHex(toBigEndian(prime, prime.toString(16).length / 2))),
  };
}
