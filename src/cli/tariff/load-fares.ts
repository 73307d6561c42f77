import { type CampaignSet, FareError, loadCampaigns, loadTariffs, type TariffSet } from '../../gateway/fares/index.js';
import { CommandError } from '../exit-codes.js';
import { loadFareSource, loadTariffSources } from '../gateway/load-fare-source.js';

/** Versions of a tariff by ids and files. Throws {@link CommandError}. */
export async function loadTariffOption(given: readonly string[] = ['ningbo']): Promise<TariffSet> {
  const sources = await loadTariffSources(given);
  return told(() => loadTariffs(sources.length === 1 ? sources[0] : sources));
}

/** Campaigns by ids and files. Throws {@link CommandError}. */
export async function loadCampaignsOption(
  given: readonly string[] = ['ningbo-2015', 'ningbo-2016'],
): Promise<CampaignSet> {
  const sources = await Promise.all(given.map((each) => loadFareSource(each, 'campaigns')));
  return told(() => loadCampaigns(sources));
}

function told<Value>(load: () => Value): Value {
  try {
    return load();
  } catch (error) {
    throw error instanceof FareError ? new CommandError(error.code, error.message) : error;
  }
}
