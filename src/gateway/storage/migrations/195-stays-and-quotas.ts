import { sql } from 'kysely';
import type { Migration } from './migration.js';

/**
 * What bounds the price of a tap however long its card is in use (docs/decisions/0049): the halves of stays that count, to
 * find the nearest of them, and how often a card used a campaign on which day.
 */
export const staysAndQuotas: Migration = {
  name: '195-stays-and-quotas',
  async up(transaction, engine) {
    await transaction.schema
      .createIndex('taps_of_stays')
      .on('taps')
      .columns(['card_token', 'service', 'at_ms'])
      .where(
        sql<boolean>`is_proved = 1 and refusal is null and event <> 'single' and service in ('bicycle', 'parking', 'taxi')`,
      )
      .execute();
    await engine.createTableByCard(
      transaction,
      'campaign_uses',
      transaction.schema
        .createTable('campaign_uses')
        .addColumn('card_token', 'text', (column) => column.notNull())
        .addColumn('campaign', 'text', (column) => column.notNull())
        .addColumn('service_day', 'text', (column) => column.notNull())
        .addColumn('uses', 'integer', (column) => column.notNull())
        .addPrimaryKeyConstraint('campaign_uses_key', ['card_token', 'campaign', 'service_day']),
    );
  },
};
