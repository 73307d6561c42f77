export {
  type AnswerToReset,
  AnswerToResetError,
  type AnswerToResetErrorCode,
  decodeAnswerToReset,
  type InterfaceCharacter,
  isOfContactlessReader,
} from './answer-to-reset.js';
export { type ApplicationFileLocatorEntry, readApplicationFileLocator } from './application-file-locator.js';
export {
  type ApplicationInterchangeProfile,
  readApplicationInterchangeProfile,
} from './application-interchange-profile.js';
export { type BitRow, type BitTable, bitTables } from './bit-table.js';
export {
  CAPP_RECORD_HEADER_LENGTH,
  type CappRecord,
  cappRecordKinds,
  encodeCappRecord,
  readCappRecord,
} from './capp-record.js';
export { type CardTransactionQualifiers, readCardTransactionQualifiers } from './card-transaction-qualifiers.js';
export type { CardVerificationResults } from './card-verification-results.js';
export { type DescribedBit, describeBits, type Language } from './describe-bits.js';
export { type DescribedPart, describeParts, type StructureTable, structureTables } from './describe-parts.js';
export { type IssuerApplicationData, readIssuerApplicationData } from './issuer-application-data.js';
export type { IssuerDiscretionaryAmount, IssuerDiscretionaryData } from './issuer-discretionary-data.js';
export {
  readTerminalTransactionQualifiers,
  type TerminalTransactionQualifiers,
} from './terminal-transaction-qualifiers.js';
export { readTerminalVerificationResults, type TerminalVerificationResults } from './terminal-verification-results.js';
export { decodeTrack, type Track, TrackError, type TrackErrorCode } from './track.js';
export {
  encodeTradeRecord,
  readTradeRecord,
  type TradeField,
  type TradeLayout,
  type TradeRecord,
  tradeFields,
  tradeRecordLength,
} from './trade-record.js';
export {
  readTransactionStatusInformation,
  type TransactionStatusInformation,
} from './transaction-status-information.js';
export { ValueError, type ValueErrorCode } from './value-error.js';
