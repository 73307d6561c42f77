import { policyLoader } from '../../policy-loader.js';
import ningbo from './data/policy-ningbo.yaml';
import { loanPolicySchema } from './loan-policy-schema.js';

/** Policies of loans; in the box is Ningbo's. */
export const { load: loadLoanPolicy, parse: parseLoanPolicy } = policyLoader(loanPolicySchema, { ningbo });
