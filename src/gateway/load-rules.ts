import { loadBenefitLists } from './benefits/lists/index.js';
import { loadLoanPolicy } from './benefits/loans/index.js';
import { loadCardPolicy } from './cards/index.js';
import { loadCollectionPolicy } from './collection/index.js';
import type { GatewayOptions } from './gateway-options.js';
import { loadFareRules } from './load-fare-rules.js';

/** Tariffs, campaigns and the policies of membership, cards, loans and lists of benefits. Throws FareError for wrong ones. */
export function loadRules(options: GatewayOptions) {
  return {
    ...loadFareRules(options),
    cardPolicy: loadCardPolicy(options.cardPolicy ?? 'ningbo'),
    loans: loadLoanPolicy(options.loans ?? 'ningbo'),
    benefitLists: loadBenefitLists(options.benefitLists ?? 'ningbo'),
    collectionPolicy: loadCollectionPolicy(options.collectionPolicy ?? 'ningbo'),
  };
}
