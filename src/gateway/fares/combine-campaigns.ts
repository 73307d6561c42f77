import { type Campaign, type CampaignSet, firstRepeated } from './campaign-schema.js';
import { FareError } from './fare-error.js';

/**
 * Several sets as one. Where two have a campaign of one name, each says of which set it is. Throws {@link FareError}
 * where two have one id: uses are counted by it.
 */
export function combineCampaigns(sets: readonly CampaignSet[]): CampaignSet {
  const campaigns = sets.flatMap((set) => set.campaigns.map((campaign) => tellApart(campaign, set, sets)));
  const again = firstRepeated(campaigns, 'id');
  if (again !== undefined) {
    const message = `${campaigns[again]?.id} is in two of the sets ${sets.map(({ id }) => id).join(', ')}`;
    throw new FareError('campaigns-invalid', [{ place: `campaigns.${again}.id`, message }]);
  }
  return {
    id: sets.map(({ id }) => id).join('+') || 'none',
    holidays: together(sets.map(({ holidays }) => holidays)),
    ...(sets.some(({ workingDays }) => workingDays) && {
      workingDays: together(sets.map(({ workingDays = [] }) => workingDays)),
    }),
    campaigns,
  };
}

const together = (days: readonly (readonly string[])[]): string[] => [...new Set(days.flat())].sort();

function tellApart(campaign: Campaign, { id }: CampaignSet, sets: readonly CampaignSet[]): Campaign {
  const { name, nameZh } = campaign;
  const having = sets.filter(({ campaigns }) => campaigns.some((other) => other.name === name));
  if (having.length < 2) return campaign;
  return { ...campaign, name: `${name} (${id})`, ...(nameZh !== undefined && { nameZh: `${nameZh}（${id}）` }) };
}
