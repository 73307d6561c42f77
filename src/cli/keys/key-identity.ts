import { type CertificationAuthorityKey, createCertificationAuthorityKeyStore } from '../../../emv/index.js';

/** What another key cannot have too: the modulus, of an SM2 key the point. */
export const materialOf = ({ modulus, publicKey }: CertificationAuthorityKey): string => (modulus ?? publicKey)!;

/** The same for a key in two files, however their hex is written. */
export const identityOf = (key: CertificationAuthorityKey): string =>
  `${key.rid} ${key.index} ${materialOf(key)}`.toUpperCase();

/** A key in upper-case hex, its check value worked out. Throws `KeyError` for one that is not sound. */
export function checkedKey(key: CertificationAuthorityKey): CertificationAuthorityKey {
  const { prepared: _, ...checked } = createCertificationAuthorityKeyStore([key]).all()[0]!;
  return checked;
}
