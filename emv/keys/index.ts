export type { CertificationAuthorityKey, PublicKeyAlgorithm } from './certification-authority-key.js';
export {
  type CertificationAuthorityKeyStore,
  createCertificationAuthorityKeyStore,
  isExpiredKey,
  type TrustedKey,
} from './certification-authority-key-store.js';
export { checksum } from './checksum.js';
export type {
  CaKeyFile,
  CaKeyFormat,
  ImportedKey,
  ImportedRevocation,
  ImportFault,
  ImportFaultCode,
  ImportNote,
} from './formats/imported-keys.js';
export { readCaKeys } from './formats/read-ca-keys.js';
export { KeyError, type KeyErrorCode, keyErrorMeaning } from './key-error.js';
export { createRsaPublicKey, isAllowedExponent, type RsaPublicKey } from './rsa-public-key.js';
export { UNIONPAY_RID, wellKnownKeys } from './well-known-keys.js';
