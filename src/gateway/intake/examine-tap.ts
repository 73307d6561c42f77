import { cardToken, contentHash, maskPan, panOf, type TapRecord } from '../../tap/index.js';
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
  readonly serviceDay: string;
  /** Empty where no card number could be read. */
  readonly cardToken: string;
  readonly cardMask: string;
  readonly proof: { readonly chip: string; readonly atc: number } | undefined;
  readonly refusal: EvidenceRefusal | undefined;
}

type Needs = Pick<IntakeOptions, 'caKeys' | 'tokenKey' | 'tariff'>;

export function examineTap(record: TapRecord, { caKeys, tokenKey, tariff }: Needs, seal: RecordSeal): ExaminedTap {
  const id = tapIdOf(record);
  const evidence = verifyEvidence(record, { caKeys });
  const pan = evidence.ok ? evidence.pan : panOf(record.evidence);
  return {
    id,
    record,
    contentHash: contentHash(record),
    sealed: seal.seal(id, record),
    serviceDay: serviceDayOf(tariff, record.at),
    cardToken: pan ? cardToken(tokenKey, pan) : '',
    cardMask: pan ? maskPan(pan) : '',
    proof: evidence.ok ? { chip: evidence.chip, atc: evidence.applicationTransactionCounter } : undefined,
    refusal: evidence.ok ? undefined : evidence.code,
  };
}
