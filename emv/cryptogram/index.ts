export { aesCmac } from './aes-cmac.js';
export {
  applicationCryptogramData,
  applicationCryptogramTags,
  type CryptogramVersion,
  cryptogramVersionOf,
} from './application-cryptogram-data.js';
export { type ArpcInput, arpc } from './arpc.js';
export { decryptBlocks, encryptBlocks, type SymmetricAlgorithm } from './block-cipher.js';
export { type CappMacInput, type CappResponseMacInput, cappMac, cappResponseMac } from './capp-mac.js';
export { decryptCappRecordKey, encryptCappRecordKey } from './capp-record-key.js';
export { CryptogramError, type CryptogramErrorCode } from './cryptogram-error.js';
export { type CardKeyInput, deriveCardKey } from './derive-card-key.js';
export { deriveSessionKey, type SessionKeyInput, sessionKeyDerivation } from './derive-session-key.js';
export { issuerDiscretionaryDataMac } from './issuer-discretionary-data-mac.js';
export { type CheckedKeyAlgorithm, keyCheckValue } from './key-check-value.js';
export {
  applicationCryptogram,
  type MacInput,
  type MacPadding,
  messageAuthenticationCode,
  retailMac,
  sm4Mac,
} from './mac.js';
export { withOddParity } from './odd-parity.js';
export { derivePersonalizationKey, type PersonalizationKeyUse } from './personalization-key.js';
export { encipherOfflinePin, offlinePinPaddingLength, openOfflinePin, plaintextOfflinePin } from './pin/offline-pin.js';
export { decodePinBlock, encodePinBlock, type PinBlockInput, type PinBlockToRead } from './pin/pin-block.js';
export { decipherPinBlock, encipherPinBlock } from './pin/pin-block-format-4.js';
export { type PinChangeInput, pinChangeBlock, pinChangeData, readPinChangeData } from './pin/pin-change.js';
export type { PinBlockReading, PinBlockRefusal } from './pin/read-pin-field.js';
export { decryptScriptData, encryptScriptData, type ScriptDataInput, type ScriptDataMethod } from './script-data.js';
export { scriptMac } from './script-mac.js';
export { createSm2PublicKey, isSm2Sound, type Sm2PublicKey, sm2IdentityHash } from './sm2.js';
export { sm3 } from './sm3.js';
export { sm4 } from './sm4.js';
