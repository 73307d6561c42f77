import { type Kysely, sql, type Transaction } from 'kysely';
import type { Engine } from '../engine.js';
import type { Tables } from '../tables.js';
import type { Migration } from './migration.js';

/** Limited offers and their claims, and what benefits ask of members beside the certification. */
export const offers: Migration = {
  name: '140-offers',
  async up(transaction, engine) {
    await createOffers(transaction);
    await createClaims(transaction);
    await createAttributes(transaction);
    await guard(transaction, engine);
  },
};

async function createOffers({ schema }: Pick<Kysely<Tables>, 'schema'>): Promise<void> {
  await schema
    .createTable('offers')
    .addColumn('offer', 'text', (column) => column.primaryKey())
    .addColumn('definition', 'text', (column) => column.notNull())
    .addColumn('content_hash', 'text', (column) => column.notNull())
    .addColumn('opens_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('closes_at_ms', 'bigint')
    .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('closed_at_ms', 'bigint')
    .addColumn('closed_by', 'text')
    .addColumn('closed_reason', 'text')
    .addColumn('last_number', 'integer', (column) => column.notNull())
    .execute();
  await schema
    .createTable('offer_items')
    .addColumn('offer', 'text', (column) => column.notNull().references('offers.offer'))
    .addColumn('item', 'text', (column) => column.notNull())
    .addColumn('quota', 'integer', (column) => column.notNull())
    .addColumn('taken', 'integer', (column) => column.notNull())
    .addColumn('waiting', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('offer_items_key', ['offer', 'item'])
    .addCheckConstraint('offer_items_within_quota', sql`taken >= 0 and taken <= quota and waiting >= 0`)
    .execute();
}

async function createClaims({ schema }: Pick<Kysely<Tables>, 'schema'>): Promise<void> {
  await schema
    .createTable('offer_claims')
    .addColumn('offer', 'text', (column) => column.notNull().references('offers.offer'))
    .addColumn('member', 'text', (column) => column.notNull().references('members.member'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('item', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('gateway', 'text', (column) => column.notNull())
    .addColumn('arrival', 'bigint', (column) => column.notNull())
    .addColumn('arrived_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('expires_at_ms', 'bigint')
    .addColumn('events', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('offer_claims_key', ['offer', 'member'])
    .addUniqueConstraint('offer_claims_number', ['offer', 'number'])
    .execute();
  await schema.createIndex('offer_claims_member').on('offer_claims').columns(['member', 'offer']).execute();
  await schema
    .createIndex('offer_claims_expiring')
    .on('offer_claims')
    .columns(['expires_at_ms'])
    .where(sql.ref('state'), '=', sql.lit('claimed'))
    .execute();
  await schema
    .createTable('offer_claim_events')
    .addColumn('offer', 'text', (column) => column.notNull())
    .addColumn('member', 'text', (column) => column.notNull())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('item', 'text', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('offer_claim_events_key', ['offer', 'member', 'sequence'])
    .execute();
}

async function createAttributes({ schema }: Pick<Kysely<Tables>, 'schema'>): Promise<void> {
  await schema
    .createTable('member_attributes')
    .addColumn('member', 'text', (column) => column.notNull().references('members.member'))
    .addColumn('attribute', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('from', 'text', (column) => column.notNull())
    .addColumn('from_ms', 'bigint', (column) => column.notNull())
    .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('member_attributes_key', ['member', 'attribute', 'from_ms', 'sequence'])
    .execute();
}

async function guard(transaction: Transaction<Tables>, engine: Engine): Promise<void> {
  for (const event of ['update', 'delete'] as const) {
    const table = 'offer_claim_events';
    await engine.refuseWhere(transaction, { table, event, where: '1 = 1', message: `${table} is append only` });
  }
  const table = 'member_attributes';
  await engine.refuseWhere(transaction, { table, event: 'update', where: '1 = 1', message: `${table} is append only` });
}
