import { sql } from 'kysely';
import type { Migration } from './migration.js';

/** What makes lists anew is found without a look at all that is recorded, and who owes much among all who owe. */
export const listMarks: Migration = {
  name: '090-list-marks',
  async up({ schema }) {
    for (const table of ['card_exchanges', 'membership_changes', 'certification_withdrawals'] as const) {
      await schema.createIndex(`${table}_recorded`).on(table).column('recorded_at_ms').execute();
    }
    await schema
      .createIndex('card_accounts_in_debt')
      .on('card_accounts')
      .column('card_token')
      .where(sql.ref('due_fen'), '>=', sql.lit(1000))
      .execute();
  },
};
