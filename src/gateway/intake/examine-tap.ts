import { canonicalRecord, cardToken, contentHash, maskPan, panOf, type TapRecord } from '../../tap/index.js';
import { type EvidenceRefusal, verifyEvidence } from '../evidence/index.js';
import { serviceDayOf } from '../fares/index.js';
import type { IntakeOptions } from './intake-options.js';
import type { RecordSeal } from './record-seal.js';
import { tapIdOf } from './tap-id.js';

/** A tap with all that can be known of it without the books. Holds no card number but in `record`. */
export interface ExaminedTap {
  readonly id: string;
  readonly record: TapRecord;
  readonly contentHash: string;
  readonly sealed: Uint8Array;
  readonly uploadedAtMs?: number | undefined;
  readonly serviceDay: string;
  /** Empty where no card number could be read. */
  readonly cardToken: string;
  readonly cardMask: string;
  readonly proof: { readonly chip: string; readonly atc: number } | undefined;
  /** Whether the cryptogram was computed anew with a key of the card's issuer. */
  readonly isCryptogramVerified?: boolean;
  readonly refusal: EvidenceRefusal | 'tap-in-future' | undefined;
}

type Needs = Pick<IntakeOptions, 'caKeys' | 'revoked' | 'issuerKeys' | 'tokenKey' | 'tariff' | 'clock'>;

/** More than any offset or clock that drifts; a tap beyond it would be booked on a day that nobody has seen. */
const AHEAD_MAX_MS = 24 * 3_600_000;

export function examineTap(
  record: TapRecord,
  { caKeys, revoked, issuerKeys, tokenKey, tariff, clock }: Needs,
  seal: RecordSeal,
  uploadedAt?: Date,
): ExaminedTap {
  const id = tapIdOf(record);
  const text = canonicalRecord(record);
  const hash = contentHash(text);
  const evidence = verifyEvidence(record, { caKeys, revoked, issuerKeys });
  const isInFuture = Date.parse(record.at) > clock().getTime() + AHEAD_MAX_MS;
  const isProof = evidence.ok && !isInFuture;
  const pan = evidence.ok ? evidence.pan : panOf(record.evidence);
  return {
    id,
    record,
    contentHash: hash,
    sealed: seal.seal(id, text, Buffer.from(hash, 'hex')),
    uploadedAtMs: uploadedAt?.getTime(),
    serviceDay: serviceDayOf(tariff, record.at),
    cardToken: pan ? cardToken(tokenKey, pan) : '',
    cardMask: pan ? maskPan(pan) : '',
    proof: isProof ? { chip: evidence.chip, atc: evidence.applicationTransactionCounter } : undefined,
    isCryptogramVerified: evidence.ok && evidence.isCryptogramVerified,
    refusal: evidence.ok ? (isInFuture ? 'tap-in-future' : undefined) : evidence.code,
  };
}
