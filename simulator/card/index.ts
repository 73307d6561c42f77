export { CYCLIC_FILE, identifierOf, isWholeRecord } from './capp/record-layout.js';
export { CardError, type CardErrorCode } from './card-error.js';
export {
  type ApplicationState,
  applicationChoices,
  blocks,
  type CappFile,
  type CardApplication,
  type CardFile,
  type CardFlaw,
  type CardInterface,
  type CardPrivateKey,
  type CardRecord,
  type CardState,
  cardFileSchema,
  cardFlaws,
  cryptogramVersion,
  type InterfaceKind,
  interfaceKinds,
  type PublicKeyAlgorithm,
  publicKeyAlgorithmsSchema,
} from './card-file.js';
export { withChangedRecords } from './changed-records.js';
export { dataObjectOf } from './commands/get-data.js';
export { personalizedIssuerApplicationData } from './cryptography/issuer-application-data.js';
export { changeCardFile } from './durable/change-card-file.js';
export {
  createCardFile,
  type DurableCard,
  type OpenCardFileOptions,
  openCardFile,
  readCardFile,
} from './durable/open-card-file.js';
export { type Fault, type FaultDefinition, type FaultKind, faultDefinitions, formatFault } from './faults/fault.js';
export { FaultError, type FaultErrorCode } from './faults/fault-error.js';
export { FaultPlan } from './faults/fault-plan.js';
export { faultSchema, parseFault } from './faults/parse-fault.js';
export {
  type FaultOptions,
  type FaultyCard,
  type StruckFault,
  type TornAnswer,
  withFaults,
} from './faults/with-faults.js';
export type {
  ApplicationInspection,
  CardInspection,
  InspectedObject,
  InspectedRecord,
  LoadLogEntry,
  TransactionLogEntry,
} from './inspect-card.js';
export {
  CONTACTLESS_ANSWER_TO_RESET,
  type OpenCardOptions,
  openCard,
  parseCardFile,
  type SoftwareCard,
} from './open-card.js';
export { packObjects, RECORD_LENGTH_MAX } from './pack-objects.js';
export { amountOf, byteOf, objectsOf } from './personalized.js';
export {
  type CardAdditionalProcess,
  cardAdditionalProcesses,
  encodeCardAdditionalProcesses,
} from './transaction/card-additional-processes.js';
export { clearNamedBit, encodeNamedBits, namedBits } from './transaction/named-bits.js';
export { withLogEntry } from './transaction/transaction-log.js';
export type { TransportApplication } from './transport/transport-application.js';
