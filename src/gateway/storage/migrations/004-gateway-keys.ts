import type { Migration } from './migration.js';

export const gatewayKeys: Migration = {
  name: '004-gateway-keys',
  up: (transaction) =>
    transaction.schema
      .createTable('gateway_keys')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('fingerprint', 'text', (column) => column.notNull())
      .execute(),
};
