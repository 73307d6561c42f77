export { commandValues, listedData } from './command-values.js';
export {
  type ExplainedExchange,
  type ExplainedMessage,
  type ExplainedSession,
  explainExchanges,
  explainLastExchange,
  explainSession,
  explainSummary,
} from './explain-session.js';
export { followSession } from './follow-session.js';
export { sessionContext } from './session-context.js';
export type { SessionExchange, SessionStep } from './session-step.js';
export { sessionValues } from './session-values.js';
