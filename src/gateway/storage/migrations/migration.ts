import type { Transaction } from 'kysely';
import type { Engine } from '../engine.js';
import type { Tables } from '../tables.js';

/**
 * One step of the tables from one shape to the next. It runs once, in order, in one transaction with all others that
 * are due, and is never changed once it has run somewhere.
 *
 * ```ts
 * export const members: Migration = {
 *   name: '002-membership',
 *   up: (transaction) =>
 *     transaction.schema.createTable('members').addColumn('id', 'text', (column) => column.primaryKey()).execute(),
 * };
 * ```
 */
export interface Migration {
  readonly name: string;
  up(transaction: Transaction<Tables>, engine: Engine): Promise<void>;
}
