import type { Scenario } from '../scenario.js';
import { contactScenarios } from './contact.js';
import { contactlessScenarios } from './contactless.js';
import { smallPaymentScenarios } from './small-payment.js';
import { unblockScenario } from './unblock.js';

export const scenarios: readonly Scenario[] = [
  ...contactlessScenarios,
  ...smallPaymentScenarios,
  ...contactScenarios,
  unblockScenario,
];
