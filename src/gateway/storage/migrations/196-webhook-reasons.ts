import type { Migration } from './migration.js';

/** Why an attempt to deliver found no TLS: the certificate's name, its days, its authority. */
export const webhookReasons: Migration = {
  name: '196-webhook-reasons',
  up: (transaction) => transaction.schema.alterTable('webhook_attempts').addColumn('reason', 'text').execute(),
};
