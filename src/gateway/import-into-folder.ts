import { appendAudit } from './audit/index.js';
import { createCards, loadCardPolicy } from './cards/index.js';
import { serviceDayOf } from './fares/service-day.js';
import { type ImportProgress, type ImportReport, type ImportSource, importMembers } from './membership/index.js';
import { type BooksLocation, openBooks } from './open-books.js';

export interface FolderImport extends BooksLocation {
  readonly source: ImportSource;
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/**
 * Loads members into a gateway's books without its HTTP interface, whether it runs or not; what is on order for those who
 * leave ends. Throws MembershipError for wrong lines; then nothing was changed.
 */
export async function importIntoFolder({
  source,
  clock,
  random,
  onProgress,
  ...location
}: FolderImport): Promise<ImportReport> {
  const { keys, database } = await openBooks(location, random);
  try {
    const books = { database, ...keys, clock, random };
    const cards = createCards({ ...books, cardPolicy: loadCardPolicy('ningbo'), dayOf });
    const whenLeft: typeof cards.withdraw = (...leaving) => cards.withdraw(...leaving);
    const report = await importMembers({ ...books, source, whenLeft, ...(onProgress && { onProgress }) });
    const entry = { at: clock(), actor: 'command-line', operation: 'importMembers', phase: 'done' } as const;
    await database.inTransaction((transaction) => appendAudit(transaction, { ...entry, detail: { ...report } }));
    return report;
  } finally {
    await database.close();
  }
}

/** A fee that is taken back is of the service day of the box's tariff. */
const dayOf = (instant: string): string => serviceDayOf({ serviceDayBegins: '03:00' }, instant);
