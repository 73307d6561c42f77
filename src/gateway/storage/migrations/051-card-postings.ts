import { sql } from 'kysely';
import type { Migration } from './migration.js';

/**
 * What cards owe of a settled day is posted in steps, each a short transaction; how far it has come is kept, so that a
 * stop loses nothing and doubles nothing. The charges of a day are read in the order in which its entries lie.
 */
export const cardPostings: Migration = {
  name: '051-card-postings',
  async up(transaction) {
    const { schema } = transaction;
    await schema
      .createTable('card_postings')
      .addColumn('service_day', 'text', (column) => column.primaryKey())
      .addColumn('operator', 'text', (column) => column.notNull())
      .addColumn('journey_id', 'text', (column) => column.notNull())
      .addColumn('revision', 'integer', (column) => column.notNull())
      .addColumn('is_done', 'integer', (column) => column.notNull())
      .execute();
    await sql`insert into card_postings (service_day, operator, journey_id, revision, is_done)
      select service_day, '', '', 0, 1 from settled_days`.execute(transaction);
    await schema
      .createIndex('card_postings_open')
      .on('card_postings')
      .column('service_day')
      .where(sql<boolean>`is_done = 0`)
      .execute();
    await schema.dropIndex('charges_day').execute();
    await schema
      .createIndex('charges_day')
      .on('charges')
      .columns(['service_day', 'operator', 'journey_id', 'revision'])
      .execute();
  },
};
