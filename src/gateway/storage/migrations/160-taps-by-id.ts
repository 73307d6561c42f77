import type { Migration } from './migration.js';

/** A tap's id leads the key of its own row, so that the identities need no index of ids (docs/decisions/0042). */
export const tapsById: Migration = {
  name: '160-taps-by-id',
  up: (transaction) => transaction.schema.dropIndex('tap_identities_id').execute(),
};
