import type { PricedJourney } from '../fares/index.js';
import type { JourneysTable } from '../storage/index.js';
import type { JourneyView, ReceiptJourney } from './intake.js';
import type { BookedTap } from './price-cards.js';
import { type StepsOf, writtenSteps } from './price-steps.js';

/** A journey as it is kept. It belongs to the operator of its first tap. */
export function toJourneyRow(
  journey: PricedJourney,
  cardToken: string,
  taps: ReadonlyMap<string, BookedTap>,
): JourneysTable {
  const first = taps.get(journey.id)!;
  const debitedFen = journey.tapIds.reduce((sum, id) => sum + taps.get(id)!.amountFen, 0);
  return {
    card_token: cardToken,
    id: journey.id,
    card_mask: first.cardMask,
    operator: first.operator,
    service: journey.service,
    service_day: journey.serviceDay,
    status: journey.status,
    started_at: journey.startedAt,
    started_at_ms: Date.parse(journey.startedAt),
    ended_at: journey.endedAt ?? null,
    fare_product: journey.fareProduct,
    fare_fen: journey.fareFen,
    discount_fen: journey.discountFen,
    net_fen: journey.netFen,
    debited_fen: debitedFen,
    due_fen: journey.netFen - debitedFen,
    rules: JSON.stringify(journey.rules),
    steps: writtenSteps(journey.steps).kept,
    funding: JSON.stringify(journey.funding),
    tap_ids: JSON.stringify(journey.tapIds),
    tariff: journey.tariff,
  };
}

/** Whether two rows of one journey say the same. */
export function isSameJourney(one: JourneysTable, other: JourneysTable): boolean {
  return (Object.keys(one) as (keyof JourneysTable)[]).every((column) => one[column] === other[column]);
}

/** What of a journey's row is JSON, or is named there. */
export type JourneyParts = Pick<PricedJourney, 'rules' | 'steps' | 'funding'>;

/** A journey as a receipt shows it: nothing of other taps. `parts`: those of the row. */
export function toReceiptJourney(row: JourneysTable, parts: JourneyParts): ReceiptJourney {
  return {
    id: row.id,
    service: row.service as ReceiptJourney['service'],
    serviceDay: row.service_day,
    status: row.status as ReceiptJourney['status'],
    startedAt: row.started_at,
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
    fareProduct: row.fare_product,
    fareFen: row.fare_fen,
    discountFen: row.discount_fen,
    netFen: row.net_fen,
    debitedFen: row.debited_fen,
    dueFen: row.due_fen,
    rules: parts.rules,
    steps: parts.steps,
    funding: parts.funding,
  };
}

export function toJourneyView(row: JourneysTable, stepsOf: StepsOf): JourneyView {
  const parts = {
    rules: JSON.parse(row.rules),
    steps: JSON.parse(stepsOf(row.steps)),
    funding: JSON.parse(row.funding),
  };
  return {
    ...toReceiptJourney(row, parts),
    cardToken: row.card_token,
    cardMask: row.card_mask,
    operator: row.operator,
    tapIds: JSON.parse(row.tap_ids),
    ...(row.tariff !== null && { tariff: row.tariff }),
  };
}
