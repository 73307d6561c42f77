import type { CompiledQuery } from 'kysely';
import pg from 'pg';
import { vi } from 'vitest';
import type { DatabaseLocation, GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { LibsqlConnection } from '../../../src/gateway/storage/libsql/connection.js';

export type Statement = Pick<CompiledQuery, 'sql' | 'parameters'>;

/** All statements that run from now on, each text once. */
export function statementsOf(kind: GatewayDatabase['kind']): Map<string, Statement> {
  const statements = new Map<string, Statement>();
  const keep = (sql: unknown, parameters: readonly unknown[] = []) => {
    if (typeof sql === 'string' && /^\s*(select|with|insert|update|delete)/i.test(sql)) {
      statements.set(sql, { sql, parameters });
    }
  };
  if (kind === 'libsql') {
    const execute = LibsqlConnection.prototype.executeQuery;
    vi.spyOn(LibsqlConnection.prototype, 'executeQuery').mockImplementation(function (this: LibsqlConnection, query) {
      keep(query.sql, query.parameters);
      return execute.call(this, query) as never;
    });
    return statements;
  }
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...given: unknown[]) {
    keep(given[0], given[1] as unknown[]);
    return query.apply(this, given) as never;
  });
  return statements;
}

/** What the plan of a statement reads from one end to the other. */
export async function scannedBy(database: GatewayDatabase, location: DatabaseLocation, statement: Statement) {
  const { sql, parameters } = statement;
  if ('databaseUrl' in location) {
    const client = new pg.Client(location.databaseUrl);
    await client.connect();
    try {
      // Whatever still reads a table as a whole has no index to read it by.
      await client.query('set enable_seqscan = off');
      const { rows } = await client.query(`explain ${sql}`, [...parameters]);
      return rows.flatMap((row) => / Seq Scan on (\w+?)(?:_\d+)?\b/.exec(row['QUERY PLAN'])?.[1] ?? []);
    } finally {
      await client.end();
    }
  }
  const explain = { sql: `explain query plan ${sql}`, parameters } as CompiledQuery<{ detail: string }>;
  const { rows } = await database.kysely.executeQuery<{ detail: string }>(explain);
  return rows.flatMap(({ detail }) => /^SCAN (?!\d)(\w+)/.exec(detail)?.[1] ?? []);
}
