import type { BooksLocation, FaresFolder } from '../../gateway/index.js';
import type { GatewayConfig } from './config/gateway-options.js';
import { loadTariffSources } from './load-fare-source.js';
import { loadMasterKey } from './load-master-key.js';

/** A gateway's books and its tariff, as its configuration tells them. Throws CommandError. */
export async function configuredBooks(config: GatewayConfig): Promise<BooksLocation & Pick<FaresFolder, 'tariff'>> {
  return {
    dataFolder: config.data,
    databaseUrl: config.database,
    masterKey: await loadMasterKey(config),
    // Books that are there are what they are; `false` would refuse those of a sandbox.
    ...(config.sandbox && { sandbox: true }),
    tariff: await loadTariffSources([config.tariff].flat()),
  };
}
