export { applicationCryptogramData, type CryptogramVersion } from './application-cryptogram-data.js';
export { type ArpcInput, arpc } from './arpc.js';
export { decryptBlocks, encryptBlocks, type SymmetricAlgorithm } from './block-cipher.js';
export { type CappMacInput, type CappResponseMacInput, cappMac, cappResponseMac } from './capp-mac.js';
export { decryptCappRecordKey, encryptCappRecordKey } from './capp-record-key.js';
export { CryptogramError, type CryptogramErrorCode } from './cryptogram-error.js';
export { type CardKeyInput, deriveCardKey } from './derive-card-key.js';
export { deriveSessionKey, type SessionKeyInput } from './derive-session-key.js';
export { issuerDiscretionaryDataMac } from './issuer-discretionary-data-mac.js';
export {
  applicationCryptogram,
  type MacInput,
  type MacPadding,
  messageAuthenticationCode,
  retailMac,
  sm4Mac,
} from './mac.js';
export { scriptMac } from './script-mac.js';
export { createSm2PublicKey, isSm2Sound, type Sm2PublicKey } from './sm2.js';
export { sm3 } from './sm3.js';
export { sm4 } from './sm4.js';
