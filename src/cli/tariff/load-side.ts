import { boxedTariffs, type CampaignSet, loadCampaigns, loadTariff, type Tariff } from '../../gateway/fares/index.js';
import { isFareFile, loadTariffSources, readFareFile } from '../gateway/load-fare-source.js';
import { loadCampaignsOption } from './load-fares.js';

/** One of two documents that are held against each other, and what journeys are priced under. */
export interface Side {
  readonly document: unknown;
  readonly fares: { readonly tariff: Tariff; readonly campaigns: CampaignSet };
}

/** A tariff without campaigns, or campaigns over the tariff of the box. Throws CommandError. */
export async function loadSide(idOrFile: string): Promise<Side> {
  if (await isCampaigns(idOrFile)) {
    const campaigns = await loadCampaignsOption([idOrFile]);
    return { document: campaigns, fares: { tariff: loadTariff('ningbo-2015'), campaigns } };
  }
  const [source] = isFareFile(idOrFile) ? await loadTariffSources([idOrFile]) : [idOrFile];
  const tariff = typeof source === 'string' ? loadTariff(source) : (source as Tariff);
  return { document: tariff, fares: { tariff, campaigns: loadCampaigns([]) } };
}

const isCampaigns = async (idOrFile: string): Promise<boolean> =>
  isFareFile(idOrFile)
    ? /^\s*"?campaigns"?\s*:/m.test(await readFareFile(idOrFile))
    : !Object.hasOwn(boxedTariffs, idOrFile);
