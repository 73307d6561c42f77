import { type Kysely, sql, type Transaction } from 'kysely';
import type { Engine } from '../engine.js';
import { StorageError } from '../storage-error.js';
import type { Tables } from '../tables.js';
import { createPostgresqlDialect } from './dialect.js';
import { faultOf } from './fault-of.js';

/** serialization_failure, deadlock_detected, lock_not_available (PostgreSQL 15, appendix A). */
const PASSING = new Set(['40001', '40P01', '55P03']);

/** unique_violation: another transaction brought the same document at this moment; done again, it is seen and refused. */
const isTaken = (error: { code?: unknown; constraint?: unknown }): boolean =>
  error.code === '23505' && error.constraint === 'members_identity';

/** Names the lock under which migrations run; any number that nothing else in the database uses. */
const MIGRATION_LOCK = 0x796f6e67;

/** A cluster can spread the tables of one card over this many places. */
const PARTITIONS = 8;

const TABLE_LOCKS = { shared: 'row share', exclusive: 'exclusive' } as const;

/** `databaseUrl`: postgresql://user:password@host:port/database */
export function createPostgresqlEngine(databaseUrl: string): Engine {
  const { protocol, host, pathname } = parseUrl(databaseUrl);
  return {
    kind: 'postgresql',
    place: `${protocol}//${host}${pathname}`,
    dialect: createPostgresqlDialect(databaseUrl),
    bytes: 'bytea',
    aside: (kysely, work) => kysely.connection().execute((own) => unhurried(own, work)),
    faultOf,
    isPassing: (error) =>
      error instanceof Error && 'code' in error && (PASSING.has(String(error.code)) || isTaken(error)),
    // A database may be shared with others.
    foreignTable: async () => undefined,
    lockMigrations: async (transaction) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(transaction);
    },
    createTableByCard: async (transaction, name, table, column = 'card_token') => {
      await table.modifyEnd(sql`partition by hash (${sql.ref(column)})`).execute();
      for (let remainder = 0; remainder < PARTITIONS; remainder++) {
        await sql`create table ${sql.table(`${name}_${remainder}`)} partition of ${sql.table(name)}
          for values with (modulus ${sql.lit(PARTITIONS)}, remainder ${sql.lit(remainder)})`.execute(transaction);
      }
    },
    refuseWhere: async (transaction, { table, event, where, message }) => {
      const name = `${table}_refuse_${event}`;
      await sql`create function ${sql.ref(name)}() returns trigger language plpgsql as $$ begin
        if ${sql.raw(where)} then raise exception ${sql.lit(message)} using errcode = 'restrict_violation'; end if;
        return ${sql.raw(event === 'delete' ? 'old' : 'new')}; end $$`.execute(transaction);
      await sql`create trigger ${sql.ref(name)} before ${sql.raw(event)} on ${sql.table(table)}
        for each row execute function ${sql.ref(name)}()`.execute(transaction);
    },
    rekeyTable: async (transaction, name, { key }) => {
      const columns = sql.join(key.map((column) => sql.ref(column)));
      const keyName = sql.ref(`${name}_key`);
      await sql`alter table ${sql.table(name)} drop constraint ${keyName},
        add constraint ${keyName} primary key (${columns})`.execute(transaction);
    },
    lockCards,
    lockServiceDays: async (transaction, mode) => {
      await sql`lock table service_days in ${sql.raw(TABLE_LOCKS[mode])} mode`.execute(transaction);
    },
  };
}

/**
 * A cursor counts as one statement until its last row is fetched, so that the pool's limit would end a long reading
 * halfway; what waits for a lock is ended all the same.
 */
async function unhurried<Result>(
  own: Kysely<Tables>,
  work: (kysely: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  await sql`select set_config('lock_timeout', current_setting('statement_timeout'), false),
    set_config('statement_timeout', '0', false)`.execute(own);
  try {
    return await work(own);
  } finally {
    // A connection that is broken has no settings any more, and what broke it is told by the work.
    await sql`reset statement_timeout`
      .execute(own)
      .then(() => sql`reset lock_timeout`.execute(own))
      .catch(() => {});
  }
}

/** The text is never repeated: a password may stand in it. */
function parseUrl(databaseUrl: string): URL {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined;
  if (url && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1) return url;
  const form = 'postgresql://user:password@host:port/database';
  throw new StorageError('database-url-invalid', form, 'the URL of a database has another form');
}

/** The order of the tokens is the order of locking: two transactions never wait for each other's card. */
async function lockCards(transaction: Transaction<Tables>, tokens: readonly string[]): Promise<void> {
  if (tokens.length === 0) return;
  await transaction
    .selectFrom('tap_cards')
    .select('card_token')
    .where('card_token', '=', sql<string>`any(cast(${tokens} as text[]))`)
    .orderBy('card_token')
    .forUpdate()
    .execute();
}
