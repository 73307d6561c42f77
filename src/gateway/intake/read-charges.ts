import type { Kysely } from 'kysely';
import { groupBy } from '../group-by.js';
import type { ChargesTable, EntriesTable, Tables } from '../storage/index.js';
import type { ChargePage, ChargeQuery, ChargeView } from './intake.js';
import { checkLimit, readCursor, toPage } from './page.js';
import { readPriceSteps, type StepsOf } from './price-steps.js';

/** What tells bookings of one instant apart. */
const idOf = ({ journey_id, revision }: Pick<ChargesTable, 'journey_id' | 'revision'>): string =>
  `${journey_id}.${revision}`;

export async function readCharges(kysely: Kysely<Tables>, query: ChargeQuery): Promise<ChargePage> {
  const limit = checkLimit(query.limit);
  let select = kysely
    .selectFrom('charges')
    .selectAll()
    .orderBy('booked_at_ms')
    .orderBy('journey_id')
    .orderBy('revision');
  if (query.cardToken !== undefined) select = select.where('card_token', '=', query.cardToken);
  if (query.journeyId !== undefined) select = select.where('journey_id', '=', query.journeyId);
  if (query.operator !== undefined) select = select.where('operator', '=', query.operator);
  if (query.serviceDay !== undefined) select = select.where('service_day', '=', query.serviceDay);
  if (query.from !== undefined) select = select.where('booked_at_ms', '>=', Date.parse(query.from));
  if (query.to !== undefined) select = select.where('booked_at_ms', '<', Date.parse(query.to));
  if (query.after !== undefined) {
    const { atMs, id } = readCursor(query.after);
    const [, journeyId = id, revision = '0'] = /^(.+)\.(\d+)$/.exec(id) ?? [];
    select = select.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('booked_at_ms', 'journey_id', 'revision'), '>', tuple(atMs, journeyId, Number(revision))),
    );
  }
  const found = await select.limit(limit + 1).execute();
  const { rows, next } = toPage(found, limit, (row) => ({ atMs: row.booked_at_ms, id: idOf(row) }));
  const lines = groupBy(await readLines(kysely, rows), idOf);
  const stepsOf = await readPriceSteps(
    kysely,
    rows.map(({ steps }) => steps),
  );
  const charges = rows.map((row) => toChargeView(row, lines.get(idOf(row)) ?? [], stepsOf));
  return { charges, ...(next !== undefined && { next }) };
}

async function readLines(kysely: Kysely<Tables>, charges: readonly ChargesTable[]): Promise<EntriesTable[]> {
  if (charges.length === 0) return [];
  return kysely
    .selectFrom('entries')
    .selectAll()
    .where('card_token', 'in', [...new Set(charges.map(({ card_token }) => card_token))])
    .where('journey_id', 'in', [...new Set(charges.map(({ journey_id }) => journey_id))])
    .where('service_day', 'in', [...new Set(charges.map(({ service_day }) => service_day))])
    .where('operator', 'in', [...new Set(charges.map(({ operator }) => operator))])
    .orderBy('account')
    .orderBy('sponsor')
    .execute();
}

function toChargeView(row: ChargesTable, lines: readonly EntriesTable[], stepsOf: StepsOf): ChargeView {
  return {
    journeyId: row.journey_id,
    revision: row.revision,
    kind: row.kind,
    cardToken: row.card_token,
    operator: row.operator,
    service: row.service as ChargeView['service'],
    serviceDay: row.service_day,
    bookedAt: new Date(row.booked_at_ms).toISOString(),
    entries: lines.map(({ account, sponsor, amount_fen }) => ({
      account,
      ...(sponsor !== '' && { sponsor }),
      amountFen: amount_fen,
    })),
    steps: JSON.parse(stepsOf(row.steps)),
    ...(row.tariff !== null && { tariff: row.tariff }),
  };
}
