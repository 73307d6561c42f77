export * from './contact/index.js';
export type { CardAnswer, ContactCommandName, Exchange, KernelCommand, KernelCommandName } from './exchange.js';
export type { Balance } from './qpboc/balance.js';
export type { Debit } from './qpboc/debit.js';
export type { QpbocOutcome } from './qpboc/progress.js';
export type { ProcessingRestriction, QpbocTerminal } from './qpboc/qpboc-terminal.js';
export { qpbocTransaction } from './qpboc/qpboc-transaction.js';
export {
  type Recovery,
  type RecoveryEvidence,
  recoverTransaction,
  type TornTransaction,
} from './qpboc/recover-transaction.js';
export * from './small-payment/index.js';
export {
  type OutcomeReason,
  type OutcomeReasonDefinition,
  outcomeReasons,
  type TransactionOutcome,
  type TransactionRecord,
} from './transaction-outcome.js';
