export type { TapBatchesTable } from './batch-tables.js';
export type { CampaignUsesTable, ChargesTable, EntriesTable, JourneysTable, RepricingsTable } from './book-tables.js';
export {
  counterCard,
  counterCardOf,
  counterChip,
  counterChipOf,
  counterTap,
  counterTapId,
  counterTapNamed,
} from './card-counters.js';
export type { CardEventsTable, CardOrdersTable } from './card-tables.js';
export type { SuspicionsTable, TerminalGapsTable, TerminalsTable } from './exception-tables.js';
export { forgetInLots } from './forget-in-lots.js';
export type { GatewayDatabase } from './gateway-database.js';
export type {
  CardPostingsTable,
  LedgerAccount,
  LedgerTransactionsTable,
  SettlementEventsTable,
  SettlementsTable,
} from './ledger-tables.js';
export { copyLibsqlFile } from './libsql/copy-file.js';
export { holdFile } from './libsql/hold-file.js';
export { createLogSync, type LogSync } from './libsql/log-sync.js';
export { checkMigrations } from './migrate.js';
export { BOOKS_FILE, type DatabaseLocation, openDatabase } from './open-database.js';
export { openUnmigrated } from './open-unmigrated.js';
export { prepareQuery, prepareReading, prepareStatement, type RunStatement } from './prepare-query.js';
export { openRecordSorter, type RecordSorter, type SortedRecord } from './record-sorter.js';
export { rowsOfJson } from './rows-of-json.js';
export { StorageError, type StorageErrorCode } from './storage-error.js';
export type { Tables } from './tables.js';
export { TOKEN_START, tapDay, tapDayAt, tokenStart } from './tap-days.js';
export type { TapsTable } from './tap-tables.js';
export { fromThrown, toThrown } from './thrown.js';
