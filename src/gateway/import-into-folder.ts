import { openKeys } from './gateway-keys.js';
import { type ImportReport, type ImportSource, importMembers } from './membership/index.js';
import { openDatabase } from './storage/index.js';

export interface FolderImport {
  readonly dataFolder: string;
  readonly databaseUrl?: string | undefined;
  readonly source: ImportSource;
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
}

/**
 * Loads members into a gateway's books without its HTTP interface, whether it runs or not. Throws MembershipError for
 * wrong lines; then nothing was changed.
 */
export async function importIntoFolder({
  dataFolder,
  databaseUrl,
  source,
  clock,
  random,
}: FolderImport): Promise<ImportReport> {
  const keys = await openKeys(dataFolder, random);
  const database = await openDatabase(databaseUrl === undefined ? { dataFolder } : { databaseUrl });
  try {
    return await importMembers({ database, source, ...keys, clock, random });
  } finally {
    await database.close();
  }
}
