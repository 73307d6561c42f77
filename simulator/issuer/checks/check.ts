import type { DecisionReason } from '../decision.js';
import type { OpenedRequest } from '../open-request.js';

/** One thing that an issuer looks at; `undefined` where it has nothing against the transaction. */
export type Check = (opened: OpenedRequest) => DecisionReason | undefined;
