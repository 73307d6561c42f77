export type { AuthorizationRequest } from './authorization-request.js';
export { type Authorization, authorize, type IssuerAnswer } from './authorize.js';
export { type AccountLimits, type AccountStatus, type CardAccount, openAccount, order } from './card-account.js';
export { confirmScripts } from './confirm-scripts.js';
export type { Decision, DecisionReason } from './decision.js';
export { createIssuer, type Issuer, type IssuerPolicy } from './issuer.js';
export { IssuerError, type IssuerErrorCode } from './issuer-error.js';
export type { IssuerKeySet, IssuerMasterKeys } from './keys/issuer-key-set.js';
export type { ScriptOrder, SentScript } from './scripts/script-order.js';
