export {
  type AuditHead,
  type AuditRecord,
  isSignedHead,
  readAuditLine,
  type SignedHead,
  verifyChain,
} from './audit/index.js';
export { openAuditOfBooks } from './audit-of-books.js';
export { BackupError, type BackupManifest, backupBooks, type Restored, restoreBooks } from './backup/index.js';
export { parseBenefitLists } from './benefits/lists/load-list-policy.js';
export { parseLoanPolicy } from './benefits/loans/load-loan-policy.js';
export { parseCardPolicy } from './cards/load-card-policy.js';
export { parseCollectionPolicy } from './collection/collection-policy.js';
export {
  createIssuerKeys,
  type IssuerKey,
  type IssuerKeys,
  IssuerKeysError,
  parseIssuerKeys,
} from './evidence/index.js';
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
export { type Fares, type FaresFolder, withFares } from './fares-in-folder.js';
export type { GatewayOptions } from './gateway-options.js';
export { TlsError } from './http/open-server.js';
export { createLogger } from './http/request-log.js';
export { type FolderImport, importIntoFolder } from './import-into-folder.js';
export type { RepricingView } from './intake/index.js';
export { clearKeyFiles } from './keys/clear-key-files.js';
export { GatewayKeysError } from './keys/gateway-keys-error.js';
export { masterKeyId, parseMasterKey } from './keys/master-key.js';
export { type ResealProgress, resealBooks } from './keys/reseal-books.js';
export { type KeyStatus, keyStatus, rotateKeys } from './keys/rotate-keys.js';
export { unwrapText, wrapText } from './keys/wrapped-text.js';
export { type ImportProgress, type ImportReport, parseMembershipPolicy } from './membership/index.js';
export { type Money, withMoney } from './money-in-folder.js';
export type { BooksLocation } from './open-books.js';
export type { BookFault, Difference, ReconciliationSummary, SettledDay, SettlementView } from './settlement/index.js';
export { csvText } from './settlement/index.js';
export { type Gateway, startGateway } from './start-gateway.js';
export { StorageError } from './storage/index.js';
export { objectionTo } from './webhooks/index.js';
