import type { Migration } from './migration.js';

const NUMBERS = ['first_sequence', 'window_since_ms', 'window_taps', 'delay_min_ms', 'delay_max_ms'];

export const exceptions: Migration = {
  name: '032-exceptions',
  async up({ schema }) {
    await schema
      .alterTable('terminals')
      .addColumn('id', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    for (const name of NUMBERS) {
      await schema
        .alterTable('terminals')
        .addColumn(name, 'bigint', (column) => column.notNull().defaultTo(0))
        .execute();
    }
    await schema
      .alterTable('terminal_gaps')
      .addColumn('id', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await schema.createIndex('terminals_id').unique().on('terminals').column('id').execute();
    await schema.createIndex('terminals_clock').on('terminals').columns(['clock_state', 'clock_since_ms']).execute();
    await schema.createIndex('terminal_gaps_found').on('terminal_gaps').columns(['found_at_ms', 'id']).execute();
    await schema.dropTable('terminal_surveys').execute();
  },
};
