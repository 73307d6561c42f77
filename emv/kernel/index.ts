export type { CardAnswer, Exchange, KernelCommand, KernelCommandName } from './exchange.js';
export type { QpbocTerminal } from './qpboc/qpboc-terminal.js';
export { qpbocTransaction } from './qpboc/qpboc-transaction.js';
export {
  type OutcomeReason,
  type OutcomeReasonDefinition,
  outcomeReasons,
  type TransactionOutcome,
  type TransactionRecord,
} from './transaction-outcome.js';
