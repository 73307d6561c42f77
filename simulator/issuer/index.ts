export { type AuthorizationKind, type AuthorizationRequest, authorizationKinds } from './authorization-request.js';
export { type Authorization, authorize, type IssuerAnswer } from './authorize.js';
export {
  type AccountLimits,
  type AccountStatus,
  type CardAccount,
  cancelOrders,
  type OrderedLoad,
  openAccount,
  order,
  orderLoad,
} from './card-account.js';
export { type CardNumber, readCardNumber } from './card-number.js';
export type { CheckResult } from './checks/run-checks.js';
export { confirmScripts } from './confirm-scripts.js';
export type { Decision, DecisionReason } from './decision.js';
export { type AdviceExamination, examineAdvice } from './examine-advice.js';
export * from './host/index.js';
export { isLoadLogAuthentic, type LoggedCard } from './is-load-log-authentic.js';
export { createIssuer, type Issuer, type IssuerPolicy } from './issuer.js';
export { IssuerError, type IssuerErrorCode } from './issuer-error.js';
export type { IssuerKeySet, IssuerMasterKeys } from './keys/issuer-key-set.js';
export type { ScriptOrder, SentScript } from './scripts/script-order.js';
export { createTestIssuer, testZonePinKey } from './test-issuer.js';
