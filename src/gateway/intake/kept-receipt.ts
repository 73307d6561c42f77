import type { TapsTable } from '../storage/index.js';
import type { Receipt, ReceiptJourney, ReceiptMembership } from './intake.js';
import type { StepsOf } from './price-steps.js';

/** What of a tap's row stands in its receipt; it never changes. */
export type ReceiptTap = Pick<TapsTable, 'id' | 'card_mask' | 'service' | 'event' | 'at'>;

/** What a receipt has beyond its tap, without the names of its fields. `steps` as rows keep them. */
type KeptReceipt = readonly [form: 1, journey: KeptJourney | 0, membership?: ReceiptMembership];

type KeptJourney = readonly [
  id: string,
  service: ReceiptJourney['service'],
  serviceDay: string,
  status: ReceiptJourney['status'],
  startedAt: string,
  endedAt: string | 0,
  fareProduct: string,
  fareFen: number,
  discountFen: number,
  netFen: number,
  debitedFen: number,
  dueFen: number,
  rules: ReceiptJourney['rules'],
  steps: string,
  funding: ReceiptJourney['funding'],
];

/** What is kept of a receipt, as text. `steps`: what rows keep of the steps of its journey. */
export function packReceipt({ journey, membership }: Receipt, steps: string): string {
  const kept: KeptJourney | 0 = journey
    ? [
        journey.id,
        journey.service,
        journey.serviceDay,
        journey.status,
        journey.startedAt,
        journey.endedAt ?? 0,
        journey.fareProduct,
        journey.fareFen,
        journey.discountFen,
        journey.netFen,
        journey.debitedFen,
        journey.dueFen,
        journey.rules,
        steps,
        journey.funding,
      ]
    : 0;
  const packed: KeptReceipt = membership ? [1, kept, membership] : [1, kept];
  return JSON.stringify(packed);
}

/** A kept receipt that still has to be unpacked; what was kept before receipts were packed is the receipt itself. */
export type PackedReceipt = KeptReceipt | Receipt;

export const isPacked = (kept: PackedReceipt): kept is KeptReceipt => Array.isArray(kept);

/** What a kept receipt keeps of its journey's steps, if anything. */
export const stepsIn = (kept: PackedReceipt): string[] => (isPacked(kept) && kept[1] !== 0 ? [kept[1][13]] : []);

/** The receipt, field by field in the order in which it was told. */
export function unpackReceipt(tap: ReceiptTap, kept: PackedReceipt, stepsOf: StepsOf): Receipt {
  if (!isPacked(kept)) return kept;
  const [, journey, membership] = kept;
  return {
    tapId: tap.id,
    cardMask: tap.card_mask,
    service: tap.service as Receipt['service'],
    event: tap.event as Receipt['event'],
    at: tap.at,
    ...(journey !== 0 && { journey: unpackJourney(journey, stepsOf) }),
    ...(membership && { membership }),
  };
}

function unpackJourney(kept: KeptJourney, stepsOf: StepsOf): ReceiptJourney {
  const [id, service, serviceDay, status, startedAt, endedAt, fareProduct, ...rest] = kept;
  const [fareFen, discountFen, netFen, debitedFen, dueFen, rules, steps, funding] = rest;
  return {
    id,
    service,
    serviceDay,
    status,
    startedAt,
    ...(endedAt !== 0 && { endedAt }),
    fareProduct,
    fareFen,
    discountFen,
    netFen,
    debitedFen,
    dueFen,
    rules,
    steps: JSON.parse(stepsOf(steps)),
    funding,
  };
}
