import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.js';

const NAME = 'PostgreSQL';
const VERSIONS = '/usr/lib/postgresql';
const CONNECT_MS_MAX = 3000;

/** The database of that URL by asking it; without one, whether a server is installed here. */
export async function checkPostgresql(databaseUrl: string | undefined): Promise<Check> {
  if (databaseUrl) return askServer(databaseUrl);
  const versions = existsSync(VERSIONS)
    ? readdirSync(VERSIONS).filter((version) => existsSync(join(VERSIONS, version, 'bin', 'postgres')))
    : [];
  if (versions.length > 0) {
    const detail = `${versions.join(', ')} is installed; the gateway keeps its books there with --database URL`;
    return { name: NAME, ok: true, optional: true, detail };
  }
  const detail = 'not installed, and not needed: the gateway keeps its books in the embedded database';
  return { name: NAME, ok: true, optional: true, detail };
}

async function askServer(databaseUrl: string): Promise<Check> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_MS_MAX });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version");
    return { name: NAME, ok: true, optional: true, detail: `the database answers, version ${rows[0]!.version}` };
  } catch (error) {
    const detail = `the database does not answer: ${(error as Error).message || (error as NodeJS.ErrnoException).code}`;
    return { name: NAME, ok: false, detail, mend: 'sudo systemctl start postgresql' };
  } finally {
    await client.end().catch(() => {});
  }
}
