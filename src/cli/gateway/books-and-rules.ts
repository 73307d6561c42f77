import type { FolderImport } from '../../gateway/index.js';
import { resolveConfig } from './config/resolve-config.js';
import { loadFareSource, loadTariffSources } from './load-fare-source.js';
import { loadMasterKey } from './load-master-key.js';

/**
 * A gateway's books and the rules by which its cards go, as its configuration tells them: `given` on the command line
 * goes before the environment, this before the file. Throws CommandError.
 */
export async function booksAndRules(
  given: Readonly<Record<string, unknown>>,
  file: string | undefined,
): Promise<Omit<FolderImport, 'source' | 'clock' | 'random' | 'onProgress'>> {
  const { config } = await resolveConfig({ given, environment: process.env, file });
  return {
    dataFolder: config.data,
    databaseUrl: config.database,
    masterKey: await loadMasterKey(config),
    // Books that are there are what they are; `false` would refuse those of a sandbox.
    ...(config.sandbox && { sandbox: true }),
    tariff: await loadTariffSources([config.tariff].flat()),
    cardPolicy: await loadFareSource(config.cardPolicy, 'cardPolicy'),
  };
}
