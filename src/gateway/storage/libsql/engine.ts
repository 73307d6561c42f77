import { Kysely, sql } from 'kysely';
import type { Engine } from '../engine.js';
import type { Tables } from '../tables.js';
import { openConnection } from './connection.js';
import { createLibsqlDialect } from './dialect.js';
import { faultOf } from './fault-of.js';
import { isBusy } from './is-busy.js';
import type { SyncedBy } from './open-file.js';
import { rekeyTable } from './rekey-table.js';
import { ThreadedConnection } from './thread/threaded-connection.js';

export interface FileOptions {
  /** Where what is read `aside` is read. Default `caller`; `own`: in a thread of its own, which holds up nobody. */
  readonly asideThread?: 'caller' | 'own' | undefined;
  readonly syncedBy?: SyncedBy | undefined;
}

/**
 * One file, one writer at a time: who has begun a transaction holds every lock there is. Long readings have the caller's
 * thread, or one of their own (docs/decisions/0052).
 */
export function createLibsqlEngine(path: string, { asideThread = 'caller', syncedBy }: FileOptions = {}): Engine {
  const openAside = asideThread === 'own' ? ThreadedConnection.open : openConnection;
  return {
    kind: 'libsql',
    place: path,
    dialect: createLibsqlDialect(path, (file) => openConnection(file, syncedBy)),
    bytes: 'blob',
    aside: async (_kysely, work) => {
      const own = new Kysely<Tables>({ dialect: createLibsqlDialect(path, openAside) });
      return work(own).finally(() => own.destroy());
    },
    faultOf,
    isPassing: isBusy,
    foreignTable: async (transaction) => {
      const { rows } = await sql<{
        name: string;
      }>`select name from sqlite_master where type = 'table' and name not like 'sqlite%'`.execute(transaction);
      return rows.some(({ name }) => name === 'schema_migrations') ? undefined : rows[0]?.name;
    },
    lockMigrations: async () => {},
    createTableByCard: (_transaction, _name, table) => table.execute(),
    rekeyTable,
    refuseWhere: async (transaction, { table, event, where, message }) => {
      await sql`create trigger ${sql.ref(`${table}_refuse_${event}`)} before ${sql.raw(event)} on ${sql.table(table)}
        when ${sql.raw(where)} begin select raise(abort, ${sql.lit(message)}); end`.execute(transaction);
    },
    lockCards: async () => {},
    lockServiceDays: async () => {},
  };
}
