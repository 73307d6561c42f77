import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { BackupError } from './backup-error.js';

/**
 * Runs `pg_dump` or `pg_restore` on the database of a URL; the password goes by the environment, where no list of
 * processes shows it. Throws BackupError `pg-program-missing` with the command to run elsewhere, `pg-program-failed`.
 */
export async function runPgProgram(
  program: 'pg_dump' | 'pg_restore',
  databaseUrl: string,
  parameters: readonly string[],
): Promise<void> {
  const url = new URL(databaseUrl);
  const database = decodeURIComponent(url.pathname.slice(1));
  const environment = {
    ...process.env,
    PGHOST: url.searchParams.get('host') ?? decodeURIComponent(url.hostname),
    PGPORT: url.port || '5432',
    PGDATABASE: database,
    ...(url.username && { PGUSER: decodeURIComponent(url.username) }),
    ...(url.password && { PGPASSWORD: decodeURIComponent(url.password) }),
    ...(url.searchParams.has('sslmode') && { PGSSLMODE: url.searchParams.get('sslmode')! }),
  };
  const whole = program === 'pg_restore' ? [...parameters, '--dbname', database] : parameters;
  const child = spawn(program, whole, { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  const told = text(child.stderr);
  const [exit] = await Promise.all([
    once(child, 'close').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      const command = [program, ...whole].join(' ');
      throw new BackupError('pg-program-missing', program, `it is not installed here; where it is, run: ${command}`);
    }),
    told.catch(() => ''),
  ]);
  if (exit[0] !== 0) {
    throw new BackupError('pg-program-failed', program, (await told).trim().split('\n')[0] ?? 'it says nothing');
  }
}
