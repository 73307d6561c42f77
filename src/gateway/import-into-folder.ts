import { appendAudit } from './audit/index.js';
import { type ImportProgress, type ImportReport, type ImportSource, importMembers } from './membership/index.js';
import { type BooksLocation, openBooks } from './open-books.js';

export interface FolderImport extends BooksLocation {
  readonly source: ImportSource;
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/**
 * Loads members into a gateway's books without its HTTP interface, whether it runs or not. Throws MembershipError for
 * wrong lines; then nothing was changed.
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
    const report = await importMembers({ database, source, ...keys, clock, random, ...(onProgress && { onProgress }) });
    const entry = { at: clock(), actor: 'command-line', operation: 'importMembers', phase: 'done' } as const;
    await database.inTransaction((transaction) => appendAudit(transaction, { ...entry, detail: { ...report } }));
    return report;
  } finally {
    await database.close();
  }
}
