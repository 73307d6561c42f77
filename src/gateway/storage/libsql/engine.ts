import type { Engine } from '../engine.js';
import { createLibsqlDialect } from './dialect.js';
import { failureOf } from './failure-of.js';
import { isBusy } from './is-busy.js';

/** One file, one writer at a time: who has begun a transaction holds every lock there is. */
export function createLibsqlEngine(path: string): Engine {
  return {
    kind: 'libsql',
    place: path,
    dialect: createLibsqlDialect(path),
    bytes: 'blob',
    failureOf,
    isPassing: isBusy,
    lockMigrations: async () => {},
    createTableByCard: (_transaction, _name, table) => table.execute(),
    lockCards: async () => {},
    lockServiceDays: async () => {},
  };
}
