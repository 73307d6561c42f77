import {
  boxedCampaigns,
  boxedTariffSets,
  boxedTariffs,
  type CampaignSet,
  loadCampaigns,
  loadTariff,
  type Tariff,
} from '../../gateway/fares/index.js';
import { CommandError } from '../exit-codes.js';
import { isFareFile, loadTariffSources, readFareFile } from '../gateway/load-fare-source.js';
import { unknownId } from './fare-documents.js';
import { loadCampaignsOption } from './load-fares.js';

/** One of two documents that are held against each other, and what journeys are priced under. */
export interface Side {
  readonly document: unknown;
  readonly fares: { readonly tariff: Tariff; readonly campaigns: CampaignSet };
}

/**
 * A tariff without campaigns, or campaigns over the tariff of the box. An id of both is the tariff unless campaigns are
 * asked for. Throws {@link CommandError}.
 */
export async function loadSide(idOrFile: string, { campaigns = false } = {}): Promise<Side> {
  return isFareFile(idOrFile) ? sideOfFile(idOrFile) : sideOfBox(idOrFile, campaigns);
}

async function sideOfFile(file: string): Promise<Side> {
  if (/^\s*"?campaigns"?\s*:/m.test(await readFareFile(file))) return sideOfCampaigns(file);
  const [tariff] = await loadTariffSources([file]);
  return sideOfTariff(tariff as Tariff);
}

async function sideOfBox(id: string, campaigns: boolean): Promise<Side> {
  if (!campaigns && Object.hasOwn(boxedTariffs, id)) return sideOfTariff(loadTariff(id));
  if (Object.hasOwn(boxedCampaigns, id)) return sideOfCampaigns(id);
  if (!Object.hasOwn(boxedTariffSets, id)) throw unknownId(id);
  const versions = boxedTariffSets[id]!.join(', ');
  throw new CommandError('fares-ambiguous', `${id} is several tariffs`, undefined, `Give one of them: ${versions}.`);
}

const sideOfTariff = (tariff: Tariff): Side => ({
  document: tariff,
  fares: { tariff, campaigns: loadCampaigns([]) },
});

async function sideOfCampaigns(idOrFile: string): Promise<Side> {
  const campaigns = await loadCampaignsOption([idOrFile]);
  return { document: campaigns, fares: { tariff: loadTariff('ningbo-2015'), campaigns } };
}
