import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { type SettledDay, settleDay, verifyBooks } from '../../../src/gateway/settlement/index.js';
import { openDatabase } from '../../../src/gateway/storage/index.js';
import { writeDay } from '../../bench/gateway/day-of-charges.js';
import { newBooksFolder } from '../../support/books-folder.js';
import { requirePart } from '../../support/require-part.js';
import { findPostgres } from '../../support/start-postgres.js';
import { type GatewayProcess, startGatewayProcess } from '../http/gateway-process.js';
import { booksOfLibsql, booksOfPostgres } from '../storage/books-of-engines.js';

const hasPostgres = await requirePart('postgresql', () => void findPostgres());

const DAY = '2015-10-03';
const RIDES = 2000;
const folder = newBooksFolder('killed');
const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

/** What one gateway makes of the day, with nothing in its way. */
async function undisturbed(): Promise<SettledDay> {
  const books = booksOfLibsql();
  const database = await openDatabase(await books.newMigrated());
  await writeDay(database, DAY, RIDES);
  const clock = () => new Date('2015-10-06T12:00:00+08:00');
  const settled = (await settleDay({ database, clock, serviceDay: DAY, by: 'test' })) as SettledDay;
  await database.close();
  books.remove();
  return settled;
}

/** Keeps everybody from writing into a table until it is let go. */
async function hold(databaseUrl: string, table: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('begin');
  await client.query(`lock table ${table} in share mode`);
  return {
    untilWaitedFor: async (count: number) => {
      for (;;) {
        const { rows } = await client.query(
          'select count(*)::int as waiting from pg_locks where relation = $1::regclass and not granted',
          [table],
        );
        if (rows[0].waiting >= count) return;
        await setTimeout(20);
      }
    },
    letGo: () => client.end(),
  };
}

async function kill({ child }: GatewayProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

it.runIf(hasPostgres)(
  'two gateways that settle one day and are killed halfway leave nothing half done, and others finish it once',
  async () => {
    const { databaseUrl } = (await booksOfPostgres().newMigrated()) as { databaseUrl: string };
    const start = async () => {
      const gateway = await startGatewayProcess(folder, ['--log-level', 'warn', '--database', databaseUrl]);
      stops.push(() => void gateway.child.kill('SIGKILL'));
      return gateway;
    };
    const gateways = await Promise.all([start(), start(), start(), start()]);
    const [first, second, third, fourth] = gateways as [GatewayProcess, GatewayProcess, GatewayProcess, GatewayProcess];
    const key = gateways.find(({ administratorKey }) => administratorKey)!.administratorKey!;
    const settle = ({ post }: GatewayProcess) =>
      post('/v1/settlements', key, 'application/json', JSON.stringify({ serviceDay: DAY }));

    const database = await openDatabase({ databaseUrl });
    stops.push(() => database.close());
    const { kysely } = database;
    await writeDay(database, DAY, RIDES);
    const counted = async () => {
      const { rows } = await sql<Record<string, number>>`select (select count(*) from settled_days) as days,
        (select count(*) from settlements) as settlements, (select count(*) from ledger_transactions) as postings,
        (select count(*) from card_accounts) as cards`.execute(kysely);
      return rows[0];
    };

    const [days, cards] = [await hold(databaseUrl, 'settled_days'), await hold(databaseUrl, 'card_accounts')];
    const answers = [settle(first), settle(second)].map((answer) => answer.then(({ status }) => status).catch(() => 0));
    await days.untilWaitedFor(2);
    await kill(first);
    expect(await counted()).toEqual({ days: 0, settlements: 0, postings: 0, cards: 0 });
    await days.letGo();
    await cards.untilWaitedFor(1);
    await kill(second);
    expect(await Promise.all(answers)).toEqual([0, 0]);
    const settled = { days: 1, settlements: 3, postings: 1 };
    expect(await counted()).toEqual({ ...settled, cards: 0 });
    await cards.letGo();

    const again = await Promise.all(
      [third, fourth].map(async (gateway) => (await (await settle(gateway)).json()) as SettledDay),
    );
    const [made, same] = again as [SettledDay, SettledDay];
    expect(same).toEqual(made);
    expect(made.result).toBe('exists');
    const hashes = ({ settlements }: SettledDay) => settlements.map(({ party, files }) => [party, files]);
    expect(hashes(made)).toEqual(hashes(await undisturbed()));
    expect(await counted()).toEqual({ ...settled, cards: RIDES / 5 });
    const { rows } = await sql<{ fen: number }>`select cast(sum(due_fen) as bigint) as fen from card_accounts`.execute(
      kysely,
    );
    expect(rows).toEqual([{ fen: -80 * RIDES }]);
    const [{ id, files }] = made.settlements as [SettledDay['settlements'][number]];
    const file = await fetch(`${third.url}/v1/settlements/${id}/file?format=csv`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(files.csv.sha256);
    expect(await database.atOneMoment(verifyBooks)).toEqual([]);
  },
  60_000,
);
