import type { Check } from './check.js';

/** The gateway's embedded database, by a statement that it has to answer. */
export async function checkDatabase(): Promise<Check> {
  const name = 'embedded database';
  try {
    const { default: Database } = await import('libsql');
    const database = new Database(':memory:');
    const { version } = database.prepare('select sqlite_version() as version').get() as { version: string };
    database.close();
    return { name, ok: true, detail: `libsql, SQLite ${version}` };
  } catch (error) {
    return { name, ok: false, detail: (error as Error).message.split('\n')[0]!, mend: 'npm ci' };
  }
}
