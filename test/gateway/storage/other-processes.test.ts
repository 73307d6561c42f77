import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../../src/gateway/storage/index.js';
import { booksOfLibsql } from './books-of-engines.js';

const books = booksOfLibsql();
afterAll(() => books.remove());

/** Another process that writes into the file, and is the last to close it as far as locks tell. */
const writer = `
const Database = require('libsql');
const database = new Database(process.argv[1]);
database.exec("insert into tap_cards (card_token) values ('from elsewhere')");
database.close();`;

it('a process that has a file open twice keeps its locks: what another writes is seen, and the log stays', async () => {
  const location = await books.newMigrated();
  const database = await openDatabase(location);
  const readAll = () => database.kysely.selectFrom('tap_cards').select('card_token').execute();
  expect(await readAll()).toEqual([]);
  await database.aside(async (kysely) => void (await kysely.selectFrom('tap_cards').selectAll().execute()));
  execFileSync(process.execPath, ['-e', writer, join((location as { dataFolder: string }).dataFolder, 'gateway.db')]);
  expect(await readAll()).toEqual([{ card_token: 'from elsewhere' }]);
  await database.kysely.insertInto('tap_cards').values({ card_token: 'from here' }).execute();
  await database.close();
  const again = await openDatabase(location);
  const tokens = (await again.kysely.selectFrom('tap_cards').select('card_token').orderBy('card_token').execute()).map(
    ({ card_token }) => card_token,
  );
  await again.close();
  expect(tokens).toEqual(['from elsewhere', 'from here']);
});
