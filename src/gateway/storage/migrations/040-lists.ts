import { sql } from 'kysely';
import type { Migration } from './migration.js';

export const lists: Migration = {
  name: '040-lists',
  async up({ schema }, { bytes }) {
    const binary = sql.raw(bytes);
    await schema
      .createTable('card_list_names')
      .addColumn('card_token', 'text', (column) => column.primaryKey())
      .addColumn('sealed_name', binary, (column) => column.notNull())
      .execute();
    await schema
      .createTable('list_versions')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('header', 'text', (column) => column.notNull())
      .addColumn('signature', 'text', (column) => column.notNull())
      .addColumn('content_hash', 'text', (column) => column.notNull())
      .addColumn('published_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('valid_until_ms', 'bigint', (column) => column.notNull())
      .addColumn('delta', 'text')
      .addPrimaryKeyConstraint('list_versions_key', ['kind', 'version'])
      .execute();
    await schema
      .createTable('list_contents')
      .addColumn('kind', 'text', (column) => column.primaryKey())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('content', binary, (column) => column.notNull())
      .execute();
    await schema
      .createTable('list_keys')
      .addColumn('generation', 'integer', (column) => column.primaryKey())
      .addColumn('key_id', 'text', (column) => column.notNull())
      .addColumn('public_key', 'text', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('signs_from_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('terminal_reports')
      .addColumn('operator', 'text', (column) => column.notNull())
      .addColumn('terminal', 'text', (column) => column.notNull())
      .addColumn('received_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('software', 'text')
      .addColumn('battery_percent', 'integer')
      .addPrimaryKeyConstraint('terminal_reports_key', ['operator', 'terminal'])
      .execute();
    await schema
      .createTable('terminal_lists')
      .addColumn('operator', 'text', (column) => column.notNull())
      .addColumn('terminal', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('terminal_lists_key', ['operator', 'terminal', 'kind'])
      .execute();
    // Few cards are stopped, and few taps are refused: these find them among millions.
    await schema
      .createIndex('card_states_stopped')
      .on('card_states')
      .column('card_token')
      .where(sql.ref('state'), '<>', sql.lit('active'))
      .execute();
    await schema
      .createIndex('taps_refused')
      .on('taps')
      .columns(['refusal', 'card_token'])
      .where(sql.ref('refusal'), 'is not', sql.lit(null))
      .execute();
    await schema.createIndex('card_states_recorded').on('card_states').column('recorded_at_ms').execute();
    await schema.createIndex('certifications_recorded').on('certifications').column('recorded_at_ms').execute();
    await schema.createIndex('cards_recorded').on('cards').column('recorded_at_ms').execute();
  },
};
