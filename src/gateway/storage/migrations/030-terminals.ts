import type { Migration } from './migration.js';

export const terminals: Migration = {
  name: '030-terminals',
  async up({ schema }) {
    await schema
      .createTable('terminals')
      .addColumn('operator', 'text', (column) => column.notNull())
      .addColumn('terminal', 'text', (column) => column.notNull())
      .addColumn('first_seen_ms', 'bigint', (column) => column.notNull())
      .addColumn('last_seen_ms', 'bigint', (column) => column.notNull())
      .addColumn('last_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('last_sequence', 'bigint', (column) => column.notNull())
      .addColumn('taps', 'bigint', (column) => column.notNull())
      .addColumn('clock_offset_ms', 'bigint', (column) => column.notNull())
      .addColumn('clock_state', 'text', (column) => column.notNull())
      .addColumn('clock_since_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('terminals_key', ['operator', 'terminal'])
      .execute();
    await schema
      .createTable('terminal_gaps')
      .addColumn('operator', 'text', (column) => column.notNull())
      .addColumn('terminal', 'text', (column) => column.notNull())
      .addColumn('from_sequence', 'bigint', (column) => column.notNull())
      .addColumn('to_sequence', 'bigint', (column) => column.notNull())
      .addColumn('found_at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('terminal_gaps_key', ['operator', 'terminal', 'from_sequence'])
      .execute();
    await schema
      .createTable('terminal_surveys')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('received_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('tap_id', 'text', (column) => column.notNull())
      .execute();
    await schema
      .createTable('exception_resolutions')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('note', 'text', (column) => column.notNull())
      .addColumn('resolved_by', 'text', (column) => column.notNull())
      .addColumn('resolved_at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema.alterTable('taps').addColumn('uploaded_at_ms', 'bigint').execute();
  },
};
