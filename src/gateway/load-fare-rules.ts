import { loadCampaigns, loadTariffs } from './fares/index.js';
import { loadMembershipPolicy } from './membership/index.js';

/** What prices follow, as it is handed to the gateway: ids in the box, or one's own; left out: Ningbo's. */
export interface FareRulesSource {
  readonly tariff?: unknown;
  readonly campaigns?: unknown;
  readonly policy?: unknown;
}

const DEFAULT_CAMPAIGNS = ['ningbo-2015', 'ningbo-2016'];

/** Tariffs, campaigns and the policy of membership. Throws FareError for wrong ones. */
export const loadFareRules = ({ tariff, campaigns, policy }: FareRulesSource) => ({
  tariff: loadTariffs(tariff ?? 'ningbo'),
  campaigns: loadCampaigns(campaigns ?? DEFAULT_CAMPAIGNS),
  policy: loadMembershipPolicy(policy ?? 'ningbo'),
});
