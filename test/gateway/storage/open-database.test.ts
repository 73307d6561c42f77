import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { BOOKS_FILE, openDatabase, openUnmigrated } from '../../../src/gateway/storage/index.js';
import { faultOf } from '../../../src/gateway/storage/libsql/fault-of.js';
import { eachEngine } from './each-engine.js';

eachEngine('the books', (engine) => {
  it('are migrated once by several that open them together', async () => {
    const location = await engine.newEmptyLocation();
    const databases = await Promise.all([1, 2, 3, 4].map(() => engine.open(location)));
    for (const { kysely, kind } of databases) {
      expect(kind).toBe(engine.kind);
      const names = await kysely.selectFrom('schema_migrations').select('name').execute();
      expect(names.filter(({ name }) => name === '001-taps')).toHaveLength(1);
    }
  });

  it('give back the bytes, numbers and gaps that they were given', async () => {
    const { kysely } = await engine.open();
    const record = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const row = { tap_id: '鼓楼', content_hash: "'", received_at_ms: 1_443_832_000_123, record };
    await kysely.insertInto('tap_conflicts').values(row).execute();
    const [read] = await kysely.selectFrom('tap_conflicts').selectAll().execute();
    expect({ ...read, record: Uint8Array.from(read!.record) }).toEqual(row);
    const { sum } = await kysely
      .selectFrom('tap_conflicts')
      .select(sql<number>`cast(sum(received_at_ms) as bigint)`.as('sum'))
      .executeTakeFirstOrThrow();
    expect(sum).toBe(1_443_832_000_123);
  });

  it('undo a transaction that fails and stay usable', async () => {
    const database = await engine.open();
    const failing = database.inTransaction(async (transaction) => {
      await transaction.insertInto('tap_cards').values({ card_token: 'a' }).execute();
      await transaction.insertInto('tap_cards').values({ card_token: 'a' }).execute();
    });
    await expect(failing).rejects.toThrow(/unique/i);
    expect(await database.kysely.selectFrom('tap_cards').selectAll().execute()).toEqual([]);
    await database.inTransaction((transaction) =>
      transaction.insertInto('tap_cards').values({ card_token: 'b' }).execute(),
    );
    expect(await database.kysely.selectFrom('tap_cards').selectAll().execute()).toEqual([{ card_token: 'b' }]);
  });

  it('lose no update of writers that read first', async () => {
    const location = await engine.newLocation();
    const databases = await Promise.all([engine.open(location), engine.open(location)]);
    await databases[0].kysely.insertInto('card_accounts').values({ card_token: 'a', due_fen: 0 }).execute();
    const count = (database: (typeof databases)[number]) =>
      database.inTransaction(async (transaction) => {
        await database.lockServiceDays(transaction, 'exclusive');
        const { due_fen } = await transaction
          .selectFrom('card_accounts')
          .select('due_fen')
          .where('card_token', '=', 'a')
          .executeTakeFirstOrThrow();
        await transaction
          .updateTable('card_accounts')
          .set({ due_fen: due_fen + 1 })
          .where('card_token', '=', 'a')
          .execute();
      });
    await Promise.all(Array.from({ length: 40 }, (_, index) => count(databases[index % 2]!)));
    const read = await databases[1].kysely.selectFrom('card_accounts').select('due_fen').executeTakeFirstOrThrow();
    expect(read.due_fen).toBe(40);
  });

  it('are read as they are at one moment, while others write on', async () => {
    const database = await engine.open();
    const count = async (kysely: typeof database.kysely) =>
      (await kysely.selectFrom('tap_cards').selectAll().execute()).length;
    const write = (card_token: string) => database.kysely.insertInto('tap_cards').values({ card_token }).execute();
    await write('a');
    const counts = await database.atOneMoment(async (kysely) => {
      const before = await count(kysely);
      await write('b');
      return [before, await count(kysely), await count(database.kysely)];
    });
    expect(counts).toEqual([1, 1, 2]);
    const writing = database.atOneMoment((kysely) =>
      kysely.insertInto('tap_cards').values({ card_token: 'c' }).execute(),
    );
    if (engine.kind === 'postgresql') await expect(writing).rejects.toThrow(/read-only/);
    await writing.catch(() => {});
    await database.inTransaction((transaction) =>
      transaction.insertInto('tap_cards').values({ card_token: 'd' }).execute(),
    );
  });

  if (engine.kind === 'postgresql')
    it('are read aside for as long as it takes, and booked in within limits', async () => {
      const database = await engine.open();
      const limit = async (kysely: typeof database.kysely) =>
        (await sql<{ limit: string }>`select current_setting('statement_timeout') as limit`.execute(kysely)).rows[0]!
          .limit;
      expect(await database.aside(limit)).toBe('0');
      const failing = database.aside((kysely) => sql`select 1 / 0`.execute(kysely));
      await expect(failing).rejects.toThrow(/division/);
      for (let each = 0; each < 3; each++) expect(await limit(database.kysely)).toBe('1min');
    });

  it('hold a card against others until the transaction ends', async () => {
    const location = await engine.newLocation();
    const [first, second] = await Promise.all([engine.open(location), engine.open(location)]);
    await first.kysely
      .insertInto('tap_cards')
      .values([{ card_token: 'a' }, { card_token: 'b' }])
      .execute();
    const order: string[] = [];
    const hold = (database: typeof first, tokens: string[], name: string) =>
      database.inTransaction(async (transaction) => {
        await database.lockCards(transaction, tokens);
        order.push(`${name} in`);
        for (let turn = 0; turn < 20; turn++) await sql`select 1`.execute(transaction);
        order.push(`${name} out`);
      });
    await Promise.all([hold(first, ['a', 'b'], 'first'), hold(second, ['b', 'a'], 'second')]);
    expect(order[0]!.split(' ')[0]).toBe(order[1]!.split(' ')[0]);
  });

  it('refuse a database that a newer version has migrated', async () => {
    const location = await engine.newLocation();
    const { kysely } = await engine.open(location);
    await kysely.insertInto('schema_migrations').values({ name: '999-future' }).execute();
    await expect(openDatabase(location)).rejects.toMatchObject({ code: 'database-newer' });
  });

  it('say whether they answer', async () => {
    const database = await openDatabase(await engine.newLocation());
    expect(await database.isHealthy()).toBe(true);
    await database.close();
    expect(await database.isHealthy()).toBe(false);
  });

  if (engine.kind === 'libsql')
    it('are synced at every commit and read by their owner alone', async () => {
      const location = await engine.newEmptyLocation();
      const { kysely, place } = await engine.open(location);
      const read = async (pragma: string) => (await sql.raw(`PRAGMA ${pragma}`).execute(kysely)).rows[0];
      expect(await read('journal_mode')).toEqual({ journal_mode: 'wal' });
      expect(await read('synchronous')).toEqual({ synchronous: 2 });
      expect(statSync(place).mode & 0o077).toBe(0);
    });

  if (engine.kind === 'libsql')
    it('are not put into the file of another program', async () => {
      const location = await engine.newEmptyLocation();
      const file = join((location as { readonly dataFolder: string }).dataFolder, BOOKS_FILE);
      const other = await openUnmigrated({ file });
      await sql`create table bookmarks (url text)`.execute(other);
      await other.destroy();
      const message = expect.stringContaining('bookmarks');
      await expect(openDatabase(location)).rejects.toMatchObject({ code: 'database-foreign', message });
    });

  if (engine.kind === 'libsql')
    it('say that the file is no database, or a damaged one', async () => {
      const location = await engine.newEmptyLocation();
      writeFileSync(join((location as { readonly dataFolder: string }).dataFolder, BOOKS_FILE), 'no database at all');
      await expect(openDatabase(location)).rejects.toMatchObject({ code: 'database-foreign' });
    });

  if (engine.kind === 'libsql')
    it('say what stands in their place', async () => {
      const location = await engine.newEmptyLocation();
      const path = join((location as { readonly dataFolder: string }).dataFolder, BOOKS_FILE);
      mkdirSync(path);
      const message = expect.stringContaining('folder');
      await expect(openDatabase(location)).rejects.toMatchObject({ code: 'database-foreign', message });
      rmdirSync(path);
      execFileSync('mkfifo', [path]);
      await expect(openDatabase(location)).rejects.toMatchObject({ code: 'database-foreign' });
    });

  if (engine.kind === 'postgresql')
    it('say that they cannot be written by this user', async () => {
      const location = await engine.newEmptyLocation();
      const { databaseUrl } = location as { readonly databaseUrl: string };
      const user = `reader_${randomBytes(4).toString('hex')}`;
      const { kysely } = await engine.open(await engine.newLocation());
      await sql`create role ${sql.id(user)} login`.execute(kysely);
      const opening = openDatabase({ databaseUrl: databaseUrl.replace('yongtap@', `${user}@`) });
      await expect(opening).rejects.toMatchObject({
        code: 'database-read-only',
        message: expect.stringMatching(/permission denied/),
      });
    });

  if (engine.kind === 'libsql')
    it('reject a value that no column holds, and live on', async () => {
      const { kysely } = await engine.open();
      for (const value of [true, undefined, 1n, { a: 1 }]) {
        await expect(sql`select ${value}`.execute(kysely)).rejects.toThrow(TypeError);
      }
    });

  if (engine.kind === 'postgresql')
    it('wait for the disk also where the server would not', async () => {
      const location = await engine.newLocation();
      const { kysely } = await engine.open(location);
      const [{ name }] = (await sql<{ name: string }>`select current_database() as name`.execute(kysely)).rows as [
        { name: string },
      ];
      await sql`alter database ${sql.id(name)} set synchronous_commit = off`.execute(kysely);
      const other = await engine.open(location);
      expect((await sql`show synchronous_commit`.execute(other.kysely)).rows).toEqual([{ synchronous_commit: 'on' }]);
    });
});

it.each([
  ['SQLITE_FULL', 'database-full'],
  ['SQLITE_IOERR_SHMSIZE', 'database-full'],
  ['SQLITE_READONLY', 'database-read-only'],
  // The driver has no name for SQLITE_READONLY_DIRECTORY.
  ['UNKNOWN_SQLITE_ERROR_1544', 'database-read-only'],
  ['SQLITE_NOTADB', 'database-foreign'],
  ['SQLITE_IOERR_WRITE', 'database-unreachable'],
  ['SQLITE_CONSTRAINT_UNIQUE', undefined],
])('of the driver, %s tells %s', (code, fault) => {
  expect(faultOf(Object.assign(new Error('x'), { code }))).toBe(fault);
});

it('name an unreachable server without its password', async () => {
  const opening = openDatabase({ databaseUrl: 'postgresql://yongtap:secret@127.0.0.1:1/books' });
  const error = await opening.catch((error: unknown) => error);
  expect(error).toMatchObject({ code: 'database-unreachable', place: 'postgresql://127.0.0.1:1/books' });
  expect(`${(error as Error).stack} ${((error as Error).cause as Error).stack}`).not.toContain('secret');
});
