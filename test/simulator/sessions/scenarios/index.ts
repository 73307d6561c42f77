import type { Scenario } from '../scenario.js';
import { authenticatedOnline, authentications, failures } from './authentications.js';
import { broken, selections } from './conversations.js';
import { approvals, onlineRequests, refusals } from './decisions.js';

/** In the order in which they stand among the test vectors. */
export const scenarios: readonly Scenario[] = [
  ...approvals,
  ...onlineRequests,
  ...authenticatedOnline,
  ...refusals,
  ...authentications,
  ...failures,
  ...selections,
  ...broken,
];
