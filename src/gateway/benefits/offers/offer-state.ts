import type { Transaction } from 'kysely';
import type { OfferItemsTable, OffersTable } from '../../storage/benefit-tables.js';
import { type GatewayDatabase, prepareQuery, rowsOfJson, type Tables } from '../../storage/index.js';
import type { Offer } from './offer-schema.js';

/** An offer, and how much of it is left. */
export interface OfferState {
  readonly offer: Offer;
  readonly opensAtMs: number;
  /** When it closes or was closed, whichever comes first. */
  readonly closesAtMs: number;
  readonly row: OffersTable;
  lastNumber: number;
  /** In the order of the offer. */
  readonly items: ReadonlyMap<string, ItemState>;
}

export interface ItemState {
  readonly quota: number;
  taken: number;
  waiting: number;
}

interface Named {
  readonly offer: string;
}

const NAMED = { offer: 'text' } as const;

const readRows = prepareQuery((kysely, { names }: { names: string }) =>
  kysely
    .selectFrom(rowsOfJson<Named>(kysely, names, NAMED).as('asked'))
    .innerJoin('offers', 'offers.offer', 'asked.offer')
    .selectAll('offers'),
);

const readItems = prepareQuery((kysely, { names }: { names: string }) =>
  kysely
    .selectFrom(rowsOfJson<Named>(kysely, names, NAMED).as('asked'))
    .innerJoin('offer_items', 'offer_items.offer', 'asked.offer')
    .selectAll('offer_items'),
);

/** Offers by their names, as they stand; those that there are not are missing. */
export async function readOfferStates(
  kysely: Parameters<typeof readRows>[0],
  offers: ReadonlySet<string>,
): Promise<ReadonlyMap<string, OfferState>> {
  const names = JSON.stringify([...offers].map((offer) => ({ offer })));
  const rows = await readRows(kysely, { names });
  const items = await readItems(kysely, { names });
  return new Map(rows.map((row) => [row.offer, toState(row, items)]));
}

/** Holds offers until the transaction ends: whoever holds one alone gives numbers. In one order everywhere. */
export async function lockOffers(
  { kind }: Pick<GatewayDatabase, 'kind'>,
  transaction: Transaction<Tables>,
  offers: ReadonlySet<string>,
): Promise<ReadonlyMap<string, OfferState>> {
  if (kind === 'postgresql') {
    const query = transaction
      .selectFrom('offers')
      .select('offer')
      .where('offer', 'in', [...offers]);
    await query.orderBy('offer').forUpdate().execute();
  }
  return readOfferStates(transaction, offers);
}

function toState(row: OffersTable, items: readonly OfferItemsTable[]): OfferState {
  const offer = JSON.parse(row.definition) as Offer;
  const counted = new Map(
    items.flatMap(({ offer: of, item, quota, taken, waiting }) =>
      of === row.offer ? [[item, { quota, taken, waiting }]] : [],
    ),
  );
  return {
    offer,
    row,
    opensAtMs: row.opens_at_ms,
    closesAtMs: Math.min(row.closes_at_ms ?? Number.POSITIVE_INFINITY, row.closed_at_ms ?? Number.POSITIVE_INFINITY),
    lastNumber: row.last_number,
    items: new Map(offer.items.map(({ item }) => [item, counted.get(item)!])),
  };
}

/** Writes down what is taken and waited for, and the last number. */
export async function keepOfferState(transaction: Transaction<Tables>, state: OfferState): Promise<void> {
  const { offer } = state.offer;
  await transaction.updateTable('offers').set({ last_number: state.lastNumber }).where('offer', '=', offer).execute();
  for (const [item, { taken, waiting }] of state.items) {
    const query = transaction.updateTable('offer_items').set({ taken, waiting });
    await query.where('offer', '=', offer).where('item', '=', item).execute();
  }
}
