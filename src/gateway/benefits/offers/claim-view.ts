import type { OfferClaimEventsTable } from '../../storage/benefit-tables.js';
import type { ClaimRow } from './claim-row.js';

/** A claim as it is told. */
export interface ClaimView {
  readonly offer: string;
  readonly member: string;
  /** 1, 2, 3, … of the offer, in the order in which they came. */
  readonly number: number;
  readonly item: string;
  readonly state: ClaimRow['state'];
  readonly arrivedAt: string;
  /** Until when it has to be collected. */
  readonly collectBy?: string;
}

export interface ClaimEventView {
  readonly event: OfferClaimEventsTable['event'];
  readonly at: string;
  readonly recordedAt: string;
  readonly by: string;
  readonly reason?: string;
}

const instant = (ms: number): string => new Date(ms).toISOString();

export const toClaimView = ({
  offer,
  member,
  number,
  item,
  state,
  arrived_at_ms,
  expires_at_ms,
}: ClaimRow): ClaimView => ({
  offer,
  member,
  number,
  item,
  state,
  arrivedAt: instant(arrived_at_ms),
  ...(state === 'claimed' && expires_at_ms !== null && { collectBy: instant(expires_at_ms) }),
});

export const toEventView = ({ event, at_ms, recorded_at_ms, by, reason }: OfferClaimEventsTable): ClaimEventView => ({
  event,
  at: instant(at_ms),
  recordedAt: instant(recorded_at_ms),
  by,
  ...(reason !== '' && { reason }),
});
