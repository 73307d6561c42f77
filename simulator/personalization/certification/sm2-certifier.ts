import { toHex } from '../../../emv/bytes.js';
import { toBigEndian } from '../../numbers/big-endian.js';
import { issuerIdentifierOf } from '../pki/issuers.js';
import { certifyCardSm2, certifyIssuerSm2, signStaticDataSm2 } from '../pki/sm2-certificates.js';
import { generateSm2Key } from '../pki/sm2-chain.js';
import type { Certifier } from './certifier.js';
import {
  authorityIndex,
  type CertifierInput,
  cardCertificateFields,
  hasGenuineIssuerCertificate,
  issuerCertificateFields,
} from './certifier-input.js';

const PRIVATE_KEY_LENGTH = 32;

/** SM2: certificates are plain, and there is no 92, 9F32, 9F47 or 9F48 beside them (JR/T 0025.17-2013 5.2). */
export function sm2Certifier(input: CertifierInput): Certifier {
  const { pki, profile, seed } = input;
  const { flaw } = profile;
  const card = generateSm2Key(`${seed}/sm2`);
  const signing = flaw === 'signs-with-another-key' ? generateSm2Key(`${seed}/sm2/forged`) : card;
  const issuer =
    flaw === 'issuer-signs-with-another-key'
      ? generateSm2Key(`${pki.seed}/issuer/${profile.issuer}/sm2/stranger`)
      : pki.sm2.issuer(profile.issuer).key;
  return {
    algorithm: 'sm2',
    keyLength: PRIVATE_KEY_LENGTH,
    privateKey: { sm2PrivateKey: toHex(toBigEndian(signing.privateKey, PRIVATE_KEY_LENGTH)) },
    issuerCertificate: () => [{ tag: '90', value: issuerCertificate(input) }, authorityIndex(input, pki.sm2.keyIndex)],
    cardCertificate({ pan, staticData }) {
      const fields = cardCertificateFields(input, 'sm2/serial-number', pan);
      return [{ tag: '9F46', value: certifyCardSm2({ issuer, card, staticData, ...fields }) }];
    },
    signStaticData: (code, staticData) => ({ tag: '93', value: signStaticDataSm2(issuer, code, staticData) }),
  };
}

/** The certificate that this card carries of its issuer, which is not the issuer's own where it was forged. */
function issuerCertificate(input: CertifierInput): Uint8Array {
  const { pki, profile } = input;
  const issuer = pki.sm2.issuer(profile.issuer);
  if (hasGenuineIssuerCertificate(input)) return issuer.certificate;
  const isForeign = profile.flaw === 'issuer-certificate-of-another-authority';
  return certifyIssuerSm2({
    certificationAuthority: isForeign ? generateSm2Key(`${pki.seed}/ca/sm2/stranger`) : pki.sm2.certificationAuthority,
    issuer: issuer.key,
    issuerIdentifier: issuerIdentifierOf(profile.issuer),
    ...issuerCertificateFields(input, issuer.serialNumber),
  });
}
