export {
  type AuditEntry,
  type AuditHead,
  type AuditRecord,
  type ChainVerdict,
  isSignedHead,
  readAuditLine,
  type SignedHead,
  verifyChain,
} from './audit/index.js';
export { type AuditOfBooks, openAuditOfBooks } from './audit-of-books.js';
export {
  BackupError,
  type BackupErrorCode,
  type BackupManifest,
  type BackupOptions,
  backupBooks,
  type Restored,
  type RestoreOptions,
  restoreBooks,
} from './backup/index.js';
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
  type CampaignSet,
  FareError,
  type FareErrorCode,
  type FareIssue,
  loadCampaigns,
  loadTariff,
  type MetroNetwork,
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
export { type ClosedServiceDay, IntakeError, type IntakeErrorCode, type RepricingView } from './intake/index.js';
export { clearKeyFiles } from './keys/clear-key-files.js';
export { GatewayKeysError, type GatewayKeysErrorCode } from './keys/gateway-keys-error.js';
export { masterKeyId, parseMasterKey } from './keys/master-key.js';
export { type ResealProgress, resealBooks } from './keys/reseal-books.js';
export { type KeyStatus, keyStatus, type Rotation, rotateKeys } from './keys/rotate-keys.js';
export { unwrapText, wrapText } from './keys/wrapped-text.js';
export type { ListPolicy } from './lists/index.js';
export {
  type ImportProgress,
  type ImportReport,
  type ImportSource,
  MembershipError,
  type MembershipIssue,
  parseMembershipPolicy,
} from './membership/index.js';
export type { MessageEndpoint } from './messages/index.js';
export { type Money, type MoneyFolder, withMoney } from './money-in-folder.js';
export type { BooksLocation } from './open-books.js';
export type { PasswordCost } from './people/index.js';
export {
  type BookFault,
  csvText,
  type Difference,
  ReconciliationError,
  type ReconciliationSummary,
  type SettledDay,
  type SettlementView,
} from './settlement/index.js';
export { type Gateway, startGateway } from './start-gateway.js';
export { StorageError, type StorageErrorCode } from './storage/index.js';
export type { TelemetryOptions } from './telemetry/index.js';
export { objectionTo } from './webhooks/index.js';
