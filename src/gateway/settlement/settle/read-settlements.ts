import type { Kysely } from 'kysely';
import { groupBy } from '../../group-by.js';
import type { SettlementEventsTable, SettlementsTable, Tables } from '../../storage/index.js';
import type { PartyKind, SettlementState, SettlementView } from '../settlement.js';

export interface SettlementQuery {
  readonly limit: number;
  /** The day and the id behind which it goes on. */
  readonly after?: { readonly serviceDay: string; readonly id: string } | undefined;
  readonly serviceDay?: string | undefined;
  readonly partyKind?: PartyKind | undefined;
  readonly party?: string | undefined;
  readonly state?: SettlementState | undefined;
}

/** In order of day and id. */
export async function readSettlements(kysely: Kysely<Tables>, query: SettlementQuery): Promise<SettlementView[]> {
  let select = kysely.selectFrom('settlements').selectAll().orderBy('service_day').orderBy('id').limit(query.limit);
  const { after, partyKind, party, serviceDay, state } = query;
  if (serviceDay !== undefined) select = select.where('service_day', '=', serviceDay);
  if (partyKind !== undefined) select = select.where('party_kind', '=', partyKind);
  if (party !== undefined) select = select.where('party', '=', party);
  if (state !== undefined) {
    select = select.where(({ eb, selectFrom }) =>
      eb(
        selectFrom('settlement_events')
          .select('state')
          .whereRef('settlement_id', '=', 'settlements.id')
          .orderBy('number', 'desc')
          .limit(1),
        '=',
        state,
      ),
    );
  }
  if (after) {
    select = select.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('service_day', 'id'), '>', tuple(after.serviceDay, after.id)),
    );
  }
  return toViews(kysely, await select.execute());
}

export async function readSettlementsOfDay(kysely: Kysely<Tables>, serviceDay: string): Promise<SettlementView[]> {
  const rows = await kysely
    .selectFrom('settlements')
    .selectAll()
    .where('service_day', '=', serviceDay)
    .orderBy('party_kind')
    .orderBy('party')
    .orderBy('number')
    .execute();
  return toViews(kysely, rows);
}

export async function readSettlement(kysely: Kysely<Tables>, id: string): Promise<SettlementView | undefined> {
  const rows = await kysely.selectFrom('settlements').selectAll().where('id', '=', id).execute();
  return (await toViews(kysely, rows))[0];
}

async function toViews(kysely: Kysely<Tables>, rows: readonly SettlementsTable[]): Promise<SettlementView[]> {
  if (rows.length === 0) return [];
  const events = await kysely
    .selectFrom('settlement_events')
    .selectAll()
    .where(
      'settlement_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('number')
    .execute();
  const eventsOf = groupBy(events, ({ settlement_id }) => settlement_id);
  return rows.map((row) => toView(row, eventsOf.get(row.id) ?? []));
}

function toView(row: SettlementsTable, events: readonly SettlementEventsTable[]): SettlementView {
  return {
    id: row.id,
    number: row.number,
    serviceDay: row.service_day,
    partyKind: row.party_kind,
    party: row.party,
    ...(row.resubmits !== null && { resubmits: row.resubmits }),
    state: events.at(-1)?.state ?? 'created',
    createdAt: new Date(row.created_at_ms).toISOString(),
    totals: JSON.parse(row.totals),
    files: {
      csv: { sha256: row.csv_hash, previousSha256: row.previous_csv_hash },
      json: { sha256: row.json_hash, previousSha256: row.previous_json_hash },
    },
    events: events.map(({ state, at_ms, by, reason }) => ({
      state,
      at: new Date(at_ms).toISOString(),
      by,
      ...(reason !== '' && { reason }),
    })),
  };
}
