import type { FaresFolder } from '../../gateway/index.js';
import { resolveConfig } from './config/resolve-config.js';
import { loadFareSource, loadTariffSources } from './load-fare-source.js';
import { loadMasterKey } from './load-master-key.js';

/**
 * A gateway's books and the rules by which it prices, as its configuration tells them: `given` on the command line goes
 * before the environment, this before the file. Throws CommandError.
 */
export async function booksAndFares(
  given: Readonly<Record<string, unknown>>,
  file: string | undefined,
): Promise<Omit<FaresFolder, 'clock' | 'random' | 'signal'>> {
  const { config } = await resolveConfig({ given, environment: process.env, file });
  return {
    dataFolder: config.data,
    databaseUrl: config.database,
    masterKey: await loadMasterKey(config),
    // Books that are there are what they are; `false` would refuse those of a sandbox.
    ...(config.sandbox && { sandbox: true }),
    tariff: await loadTariffSources([config.tariff].flat()),
    campaigns: await Promise.all(config.campaigns.map((each) => loadFareSource(each, 'campaigns'))),
    policy: await loadFareSource(config.membershipPolicy, 'membershipPolicy'),
  };
}
