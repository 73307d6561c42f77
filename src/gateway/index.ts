export { BackupError, type BackupManifest, backupBooks, type Restored, restoreBooks } from './backup/index.js';
export {
  FareError,
  loadCampaigns,
  loadTariff,
  metroNetwork,
  parseCampaigns,
  parseTariff,
  parseTariffFiles,
  type Tariff,
} from './fares/index.js';
export { GatewayKeysError } from './gateway-keys.js';
export { TlsError } from './http/open-server.js';
export { createLogger } from './http/request-log.js';
export { importIntoFolder } from './import-into-folder.js';
export type { ImportReport } from './membership/index.js';
export { type Gateway, type GatewayOptions, startGateway } from './start-gateway.js';
export { StorageError } from './storage/index.js';
