import type { EvidenceRefusal } from '../evidence/index.js';
import { serviceDayOf, type Tariffs } from '../fares/index.js';
import type { ExaminedRecord, ReadTap, TappedRecord } from './examination/index.js';

/** A tap with all that can be known of it without the books. Holds no card number. */
export interface ExaminedTap extends Omit<ExaminedRecord, 'refusal'> {
  readonly record: TappedRecord;
  readonly uploadedAtMs?: number | undefined;
  readonly serviceDay: string;
  readonly refusal?: EvidenceRefusal | 'tap-in-future' | undefined;
}

/** More than any offset or clock that drifts; a tap beyond it would be booked on a day that nobody has seen. */
const AHEAD_MAX_MS = 24 * 3_600_000;

/** `now`: in milliseconds since 1970. */
export function toExaminedTap(
  { record, examined }: ReadTap,
  { tariff }: { readonly tariff: Tariffs },
  nowMs: number,
  uploadedAt?: Date,
): ExaminedTap {
  const { cardMask, cardToken, contentHash, id, identity, isCryptogramVerified, proof, refusal, sealed } = examined;
  const isInFuture = proof !== undefined && Date.parse(record.at) > nowMs + AHEAD_MAX_MS;
  return {
    id,
    identity,
    record,
    contentHash,
    sealed,
    uploadedAtMs: uploadedAt?.getTime(),
    serviceDay: serviceDayOf(tariff, record.at),
    cardToken,
    cardMask,
    proof: isInFuture ? undefined : proof,
    isCryptogramVerified,
    refusal: isInFuture ? 'tap-in-future' : refusal,
  };
}
