import { inFolderOrNone } from '../folders/in-folder-or-none.js';
import { auditCommandLine } from './audit/index.js';
import { createCards, loadCardPolicy } from './cards/index.js';
import { loadTariffs, serviceDayOf } from './fares/index.js';
import type { GatewayOptions } from './gateway-options.js';
import { type ImportProgress, type ImportReport, type ImportSource, importMembers } from './membership/index.js';
import { type BooksLocation, openBooks } from './open-books.js';

/** The rules that are named here are those of the gateway whose books they are; those of the box where none are. */
export interface FolderImport extends BooksLocation, Pick<GatewayOptions, 'tariff' | 'cardPolicy'> {
  readonly source: ImportSource;
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/**
 * Loads members into a gateway's books without its HTTP interface, whether it runs or not; what is on order for those who
 * leave ends, and its fee is taken back on the service day of the tariff. Throws MembershipError for wrong lines, and
 * FareError for wrong rules; then nothing was changed, and no folder was made.
 */
export async function importIntoFolder(options: FolderImport): Promise<ImportReport> {
  const { databaseUrl, dataFolder } = options;
  return databaseUrl === undefined
    ? inFolderOrNone(dataFolder, (folder) => importInto({ ...options, dataFolder: folder }))
    : importInto(options);
}

async function importInto({
  source,
  clock,
  random,
  onProgress,
  tariff = 'ningbo',
  cardPolicy = 'ningbo',
  ...location
}: FolderImport): Promise<ImportReport> {
  const tariffs = loadTariffs(tariff);
  const policy = loadCardPolicy(cardPolicy);
  const { keys, database } = await openBooks(location, random);
  try {
    const books = { database, ...keys, clock, random };
    const cards = createCards({ ...books, cardPolicy: policy, dayOf: (instant) => serviceDayOf(tariffs, instant) });
    const whenLeft: typeof cards.withdraw = (...leaving) => cards.withdraw(...leaving);
    const audited = auditCommandLine(database, clock);
    return await audited({
      operation: 'importMembers',
      act: () => importMembers({ ...books, source, whenLeft, ...(onProgress && { onProgress }) }),
      told: (report) => ({ detail: { ...report } }),
    });
  } finally {
    await database.close();
  }
}
