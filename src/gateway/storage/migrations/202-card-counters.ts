import { sql } from 'kysely';
import type { Migration } from './migration.js';

/** The counters that taps took, in bytes where they were hex, and no more of names than tells them apart (docs/decisions/0068). */
export const cardCounters: Migration = {
  name: '202-card-counters',
  async up(transaction, engine) {
    const bytes = sql.raw(engine.bytes);
    const key = ['card', 'chip', 'atc'] as const;
    const table = transaction.schema
      .createTable('card_counters')
      .addColumn('card', bytes, (column) => column.notNull())
      .addColumn('chip', bytes, (column) => column.notNull())
      .addColumn('atc', 'integer', (column) => column.notNull())
      .addColumn('tap', bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint('card_counters_key', [...key]);
    await engine.createTableByCard(transaction, 'card_counters', table, 'card');
    await engine.rekeyTable(transaction, 'card_counters', { key });
    const [decode, hex] = engine.kind === 'postgresql' ? [sql`decode`, sql`, 'hex'`] : [sql`unhex`, sql``];
    const cut = (column: string, from: number, digits: number) =>
      sql`${decode}(substr(${sql.ref(column)}, ${sql.lit(from)}, ${sql.lit(digits)})${hex})`;
    await sql`insert into card_counters (card, chip, atc, tap)
      select ${cut('card_token', 1, 24)}, ${cut('chip', 1, 16)}, atc, ${cut('tap_id', 5, 32)}
      from card_transactions order by card_token, chip, atc`.execute(transaction);
    await transaction.schema.dropTable('card_transactions').execute();
  },
};
