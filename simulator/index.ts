export {
  type ApplicationInspection,
  CardError,
  type CardErrorCode,
  type CardFile,
  type CardFlaw,
  type CardInspection,
  type CardInterface,
  type CardState,
  createCardFile,
  type DurableCard,
  type InterfaceKind,
  type OpenCardFileOptions,
  type OpenCardOptions,
  openCard,
  openCardFile,
  parseCardFile,
  readCardFile,
  type SoftwareCard,
  type TransactionLogEntry,
} from './card/index.js';
export * from './issuer/index.js';
export * from './personalization/index.js';
export * from './virtual-reader/index.js';
