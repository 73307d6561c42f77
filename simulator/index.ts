export {
  type ApplicationInspection,
  CardError,
  type CardErrorCode,
  type CardFault,
  type CardFile,
  type CardInspection,
  type CardInterface,
  type CardState,
  type OpenCardOptions,
  openCard,
  parseCardFile,
  type SoftwareCard,
  type TransactionLogEntry,
} from './card/index.js';
export * from './personalization/index.js';
