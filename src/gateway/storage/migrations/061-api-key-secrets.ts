import { sql } from 'kysely';
import type { Migration } from './migration.js';

/** A key may have several secrets while it is rotated; `api_keys.secret_hash` stays what it was at first. */
export const apiKeySecrets: Migration = {
  name: '061-api-key-secrets',
  up: async (transaction) => {
    await transaction.schema
      .createTable('api_key_secrets')
      .addColumn('secret_hash', 'text', (column) => column.primaryKey())
      .addColumn('key_id', 'text', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('expires_at_ms', 'bigint')
      .execute();
    await transaction.schema
      .createIndex('api_key_secrets_by_key')
      .on('api_key_secrets')
      .columns(['key_id', 'created_at_ms'])
      .execute();
    await sql`insert into api_key_secrets (secret_hash, key_id, created_at_ms)
      select secret_hash, id, created_at_ms from api_keys`.execute(transaction);
    for (const [name, type] of [
      ['scopes', 'text'],
      ['expires_at_ms', 'bigint'],
      ['last_used_at_ms', 'bigint'],
      ['signature', 'text'],
      ['client_certificate', 'text'],
    ] as const) {
      await transaction.schema.alterTable('api_keys').addColumn(name, type).execute();
    }
    await transaction.schema
      .createIndex('api_keys_by_client_certificate')
      .on('api_keys')
      .column('client_certificate')
      .execute();
  },
};
