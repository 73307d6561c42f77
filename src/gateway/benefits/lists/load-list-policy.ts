import { policyLoader } from '../../policy-loader.js';
import ningbo from './data/lists-ningbo.yaml';
import { listPolicySchema } from './list-policy-schema.js';

/** Policies of who is on which list; in the box is Ningbo's. */
export const { load: loadBenefitLists, parse: parseBenefitLists } = policyLoader(listPolicySchema, { ningbo });
