import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { type DatabaseLocation, openDatabase } from '../../../src/gateway/storage/index.js';
import { newBooksFolder } from '../../support/books-folder.js';
import { urlOfOnePostgres } from '../../support/one-postgres.js';

/** Where databases of an engine can be made. */
export interface BooksOfEngine {
  newEmpty(): Promise<DatabaseLocation>;
  /** With tables in their newest shape and no rows: a copy, which takes a fraction of the time of migrating. */
  newMigrated(): Promise<DatabaseLocation>;
  remove(): void;
}

export function booksOfLibsql(): BooksOfEngine {
  const folders: string[] = [];
  const newFolder = () => {
    const dataFolder = newBooksFolder('books');
    folders.push(dataFolder);
    return dataFolder;
  };
  return {
    newEmpty: async () => ({ dataFolder: newFolder() }),
    newMigrated: async () => {
      const dataFolder = newFolder();
      await fillWithTables(dataFolder);
      return { dataFolder };
    },
    remove: () => {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

let template: Promise<string> | undefined;

/** Puts books without rows into an empty folder. Each process migrates some once. */
export async function fillWithTables(dataFolder: string): Promise<void> {
  template ??= makeTemplate();
  const from = await template;
  for (const name of readdirSync(from)) copyFileSync(join(from, name), join(dataFolder, name));
}

async function makeTemplate(): Promise<string> {
  const dataFolder = mkdtempSync(join(inject('runFolder'), 'libsql-'));
  await (await openDatabase({ dataFolder })).close();
  return dataFolder;
}

const TEMPLATE = 'books_template';
const TEMPLATE_LOCK = 1;

export function booksOfPostgres(): BooksOfEngine {
  const make = async (options: string) => {
    const server = await urlOfOnePostgres(inject('runFolder'));
    const name = `books_${randomBytes(6).toString('hex')}`;
    await asAdministrator(server, async (client) => {
      if (options) await makeTemplateOnce(client, server);
      await client.query(`create database ${name} ${options}`);
    });
    return { databaseUrl: urlOf(server, name) };
  };
  return { newEmpty: () => make(''), newMigrated: () => make(`template ${TEMPLATE}`), remove: () => {} };
}

const urlOf = (server: string, database: string): string => String(new URL(`/${database}`, server));

async function asAdministrator(server: string, action: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await action(client).finally(() => client.end());
}

/** Workers that come at the same time wait for the first. */
async function makeTemplateOnce(client: pg.Client, server: string): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
  if (rowCount === 0) {
    const draft = `${TEMPLATE}_draft`;
    await client.query(`create database ${draft}`);
    await (await openDatabase({ databaseUrl: urlOf(server, draft) })).close();
    await client.query(`alter database ${draft} rename to ${TEMPLATE}`);
  }
  await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
}
