import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { newBooksFolder } from './books-folder.js';

/** Where Debian and its kin keep a server for each major version. */
const DEBIAN_SERVERS = '/usr/lib/postgresql';
const READY_ATTEMPTS = 300;
const READY_POLL_MS = 50;

export interface PostgresCluster {
  /** Makes an empty database and gives its URL. */
  createDatabase(): Promise<string>;
  /** Ends the server as a crash would; its data stay. */
  crash(): Promise<void>;
  /** Starts it again after a crash. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The folder of `initdb` and `postgres`. Throws where no server is installed, with what to install. */
export function findPostgres(): string {
  const versions = existsSync(DEBIAN_SERVERS) ? readdirSync(DEBIAN_SERVERS) : [];
  const folders = versions
    .sort((left, right) => Number(right) - Number(left))
    .map((version) => join(DEBIAN_SERVERS, version, 'bin'))
    .concat((process.env.PATH ?? '').split(':'));
  const folder = folders.find((path) => existsSync(join(path, 'initdb')) && existsSync(join(path, 'postgres')));
  if (!folder) throw new Error('no PostgreSQL server: apt-get install postgresql');
  return folder;
}

/** A server refuses to run as root: it is then run as the user that the package made for it, or as nobody. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((what) =>
        Number(execFileSync('id', [what, user], { stdio: ['ignore', 'pipe', 'ignore'] })),
      );
      return { uid: uid!, gid: gid! };
    } catch {}
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return (address as { port: number }).port;
}

async function query(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function untilReady(server: ChildProcess, url: string, log: () => string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await query(url, 'select 1');
    } catch (cause) {
      if (server.exitCode !== null || attempt === READY_ATTEMPTS) {
        throw new Error(`PostgreSQL does not start: ${log()}`, { cause });
      }
    }
    await setTimeout(READY_POLL_MS);
  }
}

/** A PostgreSQL server of its own in a temporary folder, on a free port of this machine. */
export async function startPostgres(): Promise<PostgresCluster> {
  const binaries = findPostgres();
  const user = unprivilegedUser();
  const folder = newBooksFolder('postgres');
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const options = { ...user, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C' } };
  const initdb = ['-D', data, '-U', 'yongtap', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(binaries, 'initdb'), initdb, { ...options, stdio: 'pipe' });
  const port = await freePort();
  // No test loses power, and syncs would be most of its time.
  const settings = [
    `unix_socket_directories=${folder}`,
    'listen_addresses=127.0.0.1',
    'fsync=off',
    'max_connections=400',
  ].flatMap((each) => ['-c', each]);
  let log = '';
  const start = () => {
    const child = spawn(join(binaries, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (chunk) => {
      log = (log + chunk).slice(-4000);
    });
    return child;
  };
  let server: ChildProcess = start();
  const kill = () => void server.kill('SIGKILL');
  process.once('exit', kill);
  const urlOf = (database: string) => `postgresql://yongtap@127.0.0.1:${port}/${database}`;
  const crash = async () => {
    if (server.exitCode !== null) return;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    // Immediate shutdown, without a checkpoint.
    server.kill('SIGQUIT');
    await ended;
  };
  const stop = async () => {
    process.removeListener('exit', kill);
    await crash();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(server, urlOf('postgres'), () => log);
  } catch (error) {
    await stop();
    throw error;
  }
  let databases = 0;
  return {
    createDatabase: async () => {
      const name = `books_${++databases}`;
      await query(urlOf('postgres'), `create database ${name}`);
      return urlOf(name);
    },
    crash,
    restart: async () => {
      server = start();
      await untilReady(server, urlOf('postgres'), () => log);
    },
    stop,
  };
}
