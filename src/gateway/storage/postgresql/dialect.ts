import { CompiledQuery, type Dialect, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import Cursor from 'pg-cursor';

const CONNECTIONS_MAX = 10;
const CONNECT_TIMEOUT_MS = 10_000;

/** No statement takes long; one that does waits for a lock that nobody gives back. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** bigint columns hold fen, counters and instants in milliseconds: all far below 2^53. */
function toNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a whole number of the database is beyond 2^53');
  return value;
}

function typeParser(oid: number, format?: 'text' | 'binary') {
  return oid === types.builtins.INT8 ? toNumber : types.getTypeParser(oid, format as 'text');
}

/** kysely over a pool of connections to PostgreSQL. A server set to answer before it has synced is told not to. */
export function createPostgresqlDialect(databaseUrl: string): Dialect {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
    types: { getTypeParser: typeParser as typeof types.getTypeParser },
  });
  // A connection that breaks while it is idle is replaced by the pool; without a listener the process would end.
  pool.on('error', () => {});
  // So would it when one breaks that is in use but between two statements; the next statement tells of it.
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PostgresDialect({
    pool,
    cursor: Cursor,
    onCreateConnection: async (connection) => {
      const sql =
        "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'";
      await connection.executeQuery(CompiledQuery.raw(sql));
    },
  });
}
