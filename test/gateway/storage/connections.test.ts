import { join } from 'node:path';
import { CompiledQuery, Kysely, sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { BOOKS_FILE, openDatabase, type Tables } from '../../../src/gateway/storage/index.js';
import { openConnection } from '../../../src/gateway/storage/libsql/connection.js';
import { createLibsqlDialect } from '../../../src/gateway/storage/libsql/dialect.js';
import { faultOf } from '../../../src/gateway/storage/libsql/fault-of.js';
import { ThreadedConnection } from '../../../src/gateway/storage/libsql/thread/threaded-connection.js';
import { booksOfLibsql } from './books-of-engines.js';

const books = booksOfLibsql();
const opened: Kysely<Tables>[] = [];
afterAll(async () => {
  await Promise.all(opened.map((kysely) => kysely.destroy()));
  books.remove();
});

const newFolder = async () => (await books.newMigrated()) as { readonly dataFolder: string };
const insert = (kysely: Kysely<Tables>, card_token: string) =>
  kysely.insertInto('tap_cards').values({ card_token }).execute();
const tokensIn = async (kysely: Kysely<Tables>) =>
  (await kysely.selectFrom('tap_cards').select('card_token').orderBy('card_token').execute()).map(
    ({ card_token }) => card_token,
  );

describe.each([
  { thread: "the caller's thread", open: openConnection },
  { thread: 'a thread of its own', open: ThreadedConnection.open },
])('a connection in $thread', ({ open }) => {
  const openBooks = async () => {
    const path = join((await newFolder()).dataFolder, BOOKS_FILE);
    const kysely = new Kysely<Tables>({ dialect: createLibsqlDialect(path, open) });
    opened.push(kysely);
    return kysely;
  };

  it('gives back the bytes, also those of a part of a buffer, numbers, texts and gaps', async () => {
    const kysely = await openBooks();
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const { rows } = await sql<{ bytes: Uint8Array; part: Uint8Array; none: Uint8Array }>`
      select ${bytes} as bytes, ${Buffer.from(bytes).subarray(3, 5)} as part, ${new Uint8Array()} as none,
        ${1_443_832_000_123} as number, ${0.5} as fraction, ${"'鼓楼"} as text, ${null} as gap`.execute(kysely);
    const [{ bytes: all, part, none, ...others }] = rows as [(typeof rows)[number]];
    expect([all, part, none].map((each) => Uint8Array.from(each))).toEqual([
      bytes,
      bytes.slice(3, 5),
      new Uint8Array(),
    ]);
    expect(others).toEqual({ number: 1_443_832_000_123, fraction: 0.5, text: "'鼓楼", gap: null });
  });

  it('gives rows that may come as one text as it gives any others', async () => {
    const kysely = await openBooks();
    const values = [9_007_199_254_740_991, -1, `'鼓楼 "\\"`, null, '', '[1]'];
    const rowsOf = async (sql: string, isOneText: boolean) =>
      (await kysely.executeQuery({ ...CompiledQuery.raw(sql, values), isOneText } as CompiledQuery)).rows;
    for (const [where, count] of [
      ['', 2],
      [' where false', 0],
    ] as const) {
      const sql = `select n, n + 1 as "next", great, less, said, gap, none, list
        from (select cast(? as integer) as great, ? as less, ? as said, ? as gap, ? as none, ? as list) as given
        cross join (select 2 as n union all select 1) as two${where}`;
      const rows = await rowsOf(sql, false);
      expect(rows).toHaveLength(count);
      for (const _ of ['put together', 'known']) expect(await rowsOf(sql, true)).toEqual(rows);
    }
    await expect(rowsOf('select * from nowhere', true)).rejects.toThrow('nowhere');
  });

  it('undoes a transaction that fails, and says how many rows a statement changed', async () => {
    const kysely = await openBooks();
    const failing = kysely.transaction().execute(async (transaction) => {
      await insert(transaction, 'a');
      throw new Error('no more');
    });
    await expect(failing).rejects.toThrow('no more');
    expect(await tokensIn(kysely)).toEqual([]);
    await kysely.transaction().execute((transaction) => insert(transaction, 'b'));
    expect(await kysely.deleteFrom('tap_cards').executeTakeFirst()).toEqual({ numDeletedRows: 1n });
  });

  it('reads one moment, whatever is written meanwhile', async () => {
    const kysely = await openBooks();
    const { file } = (await sql<{ file: string }>`select file from pragma_database_list`.execute(kysely)).rows[0]!;
    const writer = new Kysely<Tables>({ dialect: createLibsqlDialect(file, openConnection) });
    opened.push(writer);
    const read = await kysely
      .transaction()
      .setAccessMode('read only')
      .execute(async (moment) => {
        const before = await tokensIn(moment);
        await insert(writer, 'later');
        return [before, await tokensIn(moment)];
      });
    expect(read).toEqual([[], []]);
    expect(await tokensIn(kysely)).toEqual(['later']);
  });

  it('reads in parts, and goes on after a reader that had enough', async () => {
    const kysely = await openBooks();
    const rows = Array.from({ length: 250 }, (_, index) => ({ card_token: String(index).padStart(3, '0') }));
    await kysely.insertInto('tap_cards').values(rows).execute();
    const all = () => kysely.selectFrom('tap_cards').select('card_token').orderBy('card_token').stream(20);
    for await (const { card_token } of all()) if (card_token === '030') break;
    const read: { card_token: string }[] = [];
    for await (const row of all()) read.push({ ...row });
    expect(read).toEqual(rows);
  });

  it('says what failed with the code of the driver and its own stack', async () => {
    const kysely = await openBooks();
    await insert(kysely, 'a');
    const doubled = await insert(kysely, 'a').catch((error: unknown) => error);
    expect(doubled).toBeInstanceOf(Error);
    expect(doubled).toMatchObject({
      message: expect.stringMatching(/unique/i),
      code: expect.stringMatching(/^SQLITE_CONSTRAINT/),
      stack: expect.stringContaining('at '),
    });
    expect(faultOf(doubled)).toBeUndefined();
    for (const value of [true, undefined, 1n, { a: 1 }]) {
      await expect(sql`select ${value}`.execute(kysely)).rejects.toThrow(TypeError);
    }
    expect(await tokensIn(kysely)).toEqual(['a']);
  });

  it('is refused once it is closed, and where there is no file to be', async () => {
    const kysely = await openBooks();
    await tokensIn(kysely);
    await kysely.destroy();
    await expect(tokensIn(kysely)).rejects.toThrow();
    const nowhere = new Kysely<Tables>({ dialect: createLibsqlDialect('/dev/null/folder/books.db', open) });
    await expect(tokensIn(nowhere)).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});

it('taps are kept while somebody reads for long in a thread beside them', async () => {
  const database = await openDatabase({ ...(await newFolder()), asideThread: 'own' });
  const order: string[] = [];
  const count = sql`with recursive steps(step) as (select 1 union all select step + 1 from steps where step < 1000000)
    select max(step) as last from steps`;
  await database.aside(async (kysely) => {
    await sql`select 1`.execute(kysely);
    const counting = count.execute(kysely).then(() => order.push('counted'));
    for (let tap = 1; tap <= 3; tap++) {
      await insert(database.kysely, `${tap}`);
      order.push(`kept ${tap}`);
    }
    await counting;
  });
  await database.close();
  expect(order).toEqual(['kept 1', 'kept 2', 'kept 3', 'counted']);
});
