export type { OfflineDataAuthenticationInput } from './authentication-input.js';
export type { Certificate } from './certificate.js';
export type {
  Chain,
  ChainCheck,
  ChainField,
  ChainFieldName,
  ChainInput,
  ChainLink,
  ChainMethod,
  ChainStep,
} from './chain/chain.js';
export { openChain } from './chain/open-chain.js';
export {
  authenticatorOf,
  type CertificateCache,
  createOfflineDataAuthenticator,
  type OfflineDataAuthenticator,
} from './create-offline-data-authenticator.js';
export { type FddaVersion, fddaTerminalData } from './fdda-terminal-data.js';
export {
  type Expectation,
  type OdaFailure,
  type OdaRefusal,
  type OdaRefusalDefinition,
  type OdaResult,
  type OdaSuccess,
  odaRefusals,
} from './oda-result.js';
export { type FileLocatorEntry, type ReadRecord, staticDataToAuthenticate } from './static-data.js';
export { type CdaInput, verifyCda } from './verify-cda.js';
export { type DdaInput, verifyDda } from './verify-dda.js';
export { type FddaInput, verifyFdda } from './verify-fdda.js';
export { verifySda } from './verify-sda.js';
