import type { EvidenceRefusal } from '../evidence/index.js';
import { serviceDayOf, type Tariffs } from '../fares/index.js';
import type { ExaminedRecord, ReadTap, TappedRecord, TapText } from './examination/index.js';

/** A tap with all that can be known of it without the books. Holds no card number. */
export interface ExaminedTap extends Omit<ExaminedRecord, 'refusal'> {
  readonly record: TappedRecord;
  readonly uploadedAtMs?: number | undefined;
  readonly serviceDay: string;
  readonly refusal?: EvidenceRefusal | 'tap-in-future' | undefined;
}

/** A tap on its way into the books. Instants in milliseconds since 1970. */
export interface TapToKeep extends Pick<ReadTap, 'text' | 'sealed'> {
  /** When it was handed in. */
  readonly nowMs: number;
  /** When the request began that brought it. */
  readonly uploadedAtMs?: number | undefined;
}

/** More than any offset or clock that drifts; a tap beyond it would be booked on a day that nobody has seen. */
const AHEAD_MAX_MS = 24 * 3_600_000;

export function toExaminedTap(
  { text, sealed, nowMs, uploadedAtMs }: TapToKeep,
  { tariff }: { readonly tariff: Tariffs },
): ExaminedTap {
  const { record, examined } = JSON.parse(text) as TapText;
  const { cardMask, cardToken, contentHash, id, identity, isCryptogramVerified, proof, refusal } = examined;
  const isInFuture = proof !== undefined && Date.parse(record.at) > nowMs + AHEAD_MAX_MS;
  return {
    id,
    identity,
    record,
    contentHash,
    sealed,
    uploadedAtMs,
    serviceDay: serviceDayOf(tariff, record.at),
    cardToken,
    cardMask,
    proof: isInFuture ? undefined : proof,
    isCryptogramVerified,
    refusal: isInFuture ? 'tap-in-future' : refusal,
  };
}
