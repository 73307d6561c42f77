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

/** The lines of a statement's plan. PostgreSQL reads by an index wherever there is one. */
export async function planOf(database: GatewayDatabase, location: DatabaseLocation, { sql, parameters }: Statement) {
  if ('databaseUrl' in location) {
    const client = new pg.Client(location.databaseUrl);
    await client.connect();
    try {
      for (const way of ['seqscan', 'hashjoin', 'mergejoin']) await client.query(`set enable_${way} = off`);
      const { rows } = await client.query(`explain ${sql}`, [...parameters]);
      return rows.map((row) => row['QUERY PLAN'] as string);
    } finally {
      await client.end();
    }
  }
  const explain = { sql: `explain query plan ${sql}`, parameters } as CompiledQuery<{ detail: string }>;
  const { rows } = await database.kysely.executeQuery<{ detail: string }>(explain);
  return rows.map(({ detail }) => detail);
}

/** What the plan of a statement reads from one end to the other: whatever PostgreSQL still does has no index to read by. */
export async function scannedBy(database: GatewayDatabase, location: DatabaseLocation, statement: Statement) {
  const scan = 'databaseUrl' in location ? / Seq Scan on (\w+?)(?:_\d+)?\b/ : /^SCAN (?!\d)(\w+)/;
  return (await planOf(database, location, statement)).flatMap((line) => scan.exec(line)?.[1] ?? []);
}

/**
 * Where the embedded database begins by several columns in one comparison, `(a, b) > (?, ?)`: it steps over every row that
 * has these two values, which may be many where they are not the whole key.
 */
export async function steppedOverBy(database: GatewayDatabase, { sql, parameters }: Statement): Promise<string[]> {
  if (database.kind !== 'libsql') return [];
  const explain = { sql: `explain query plan ${sql}`, parameters } as CompiledQuery<{ detail: string }>;
  const { rows } = await database.kysely.executeQuery<{ detail: string }>(explain);
  return rows.flatMap(({ detail }) => /^SEARCH (\w+) .*\)[<>]\(/.exec(detail)?.[1] ?? []);
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** How many rows of tables PostgreSQL goes through for statements that read, those left out among them. */
export async function rowsGoneThrough(databaseUrl: string, statements: readonly Statement[]): Promise<number> {
  const rowsOf = (node: PlanNode): number => {
    const { 'Rows Removed by Filter': filtered = 0, 'Rows Removed by Index Recheck': rechecked = 0 } = node;
    const own = /Scan/.test(node['Node Type']) ? node['Actual Rows'] + filtered + rechecked : 0;
    return own * node['Actual Loops'] + (node.Plans ?? []).reduce((sum, plan) => sum + rowsOf(plan), 0);
  };
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query('set enable_seqscan = off');
    let sum = 0;
    for (const { sql, parameters } of statements) {
      const { rows } = await client.query(`explain (analyze, format json) ${sql}`, [...parameters]);
      sum += rowsOf(rows[0]['QUERY PLAN'][0].Plan);
    }
    return Math.round(sum);
  } finally {
    await client.end();
  }
}

/** The indexes by which the embedded database reads a statement's tables, by the name that each table has in it. */
export async function indexesOf(database: GatewayDatabase, { sql, parameters }: Statement): Promise<string[]> {
  const explain = { sql: `explain query plan ${sql}`, parameters } as CompiledQuery<{ detail: string }>;
  const { rows } = await database.kysely.executeQuery<{ detail: string }>(explain);
  return rows.flatMap(({ detail }) => {
    const found = /^SEARCH (\w+) USING (?:COVERING )?(?:INDEX (\w+)|PRIMARY KEY)/.exec(detail);
    return found ? [`${found[1]} ${found[2] ?? 'key'}`] : [];
  });
}
