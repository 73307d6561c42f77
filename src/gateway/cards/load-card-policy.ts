import { policyLoader } from '../policy-loader.js';
import { cardPolicySchema } from './card-policy-schema.js';
import ningbo from './data/card-policy-ningbo.yaml';

/** Policies of cards; in the box is Ningbo's. */
export const { load: loadCardPolicy, parse: parseCardPolicy } = policyLoader(cardPolicySchema, { ningbo });
