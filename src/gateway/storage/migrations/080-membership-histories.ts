import type { Migration } from './migration.js';

/**
 * Each fact of a membership gets the instant from which it holds and the one at which it was recorded. What was known
 * before holds from the beginning.
 */
export const membershipHistories: Migration = {
  name: '080-membership-histories',
  async up(transaction) {
    const { schema } = transaction;
    await schema.alterTable('cards').addColumn('first_generation', 'text').execute();
    await schema.alterTable('cards').addColumn('first_recorded_at_ms', 'bigint').execute();
    await schema.alterTable('cards').addColumn('member_recorded_at_ms', 'bigint').execute();
    await schema.alterTable('cards').addColumn('history', 'text').execute();
    await transaction
      .updateTable('cards')
      .set(({ ref }) => ({
        first_generation: ref('generation'),
        first_recorded_at_ms: ref('recorded_at_ms'),
        member_recorded_at_ms: ref('recorded_at_ms'),
      }))
      .execute();
    await schema
      .createTable('card_exchanges')
      .addColumn('card_token', 'text', (column) => column.notNull().references('cards.card_token'))
      .addColumn('generation', 'text', (column) => column.notNull())
      .addColumn('sequence_number', 'integer')
      .addColumn('from', 'text', (column) => column.notNull())
      .addColumn('from_ms', 'bigint', (column) => column.notNull())
      .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('card_exchanges_key', ['card_token', 'from_ms', 'recorded_at_ms'])
      .execute();
    await schema
      .createTable('membership_changes')
      .addColumn('member', 'text', (column) => column.notNull().references('members.member'))
      .addColumn('change', 'text', (column) => column.notNull())
      .addColumn('from', 'text', (column) => column.notNull())
      .addColumn('from_ms', 'bigint', (column) => column.notNull())
      .addColumn('reason', 'text')
      .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('membership_changes_key', ['member', 'from_ms'])
      .execute();
    await schema
      .createTable('certification_withdrawals')
      .addColumn('member', 'text', (column) => column.notNull().references('members.member'))
      .addColumn('year', 'integer', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('reason', 'text')
      .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('certification_withdrawals_key', ['member', 'year', 'at_ms'])
      .execute();
    await schema
      .createTable('cards_to_reprice')
      .addColumn('card_token', 'text', (column) => column.primaryKey())
      .addColumn('from_ms', 'bigint', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .execute();
  },
};
