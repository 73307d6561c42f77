import { canonicalRecord, cardToken, contentHash, maskPan, panOf, type TapRecord } from '../../../tap/index.js';
import { type VerifyEvidenceOptions, verifyEvidence } from '../../evidence/index.js';
import type { RecordSeal } from '../record-seal.js';
import { identityName, tapIdOf } from '../tap-id.js';
import type { ExaminedRecord } from './examined-record.js';

export interface ExamineOptions extends VerifyEvidenceOptions {
  /** The secret of card tokens. */
  readonly tokenKey: Uint8Array;
  readonly seal: RecordSeal;
}

export function examineRecord(record: TapRecord, options: ExamineOptions): ExaminedRecord {
  const { seal, tokenKey } = options;
  const identity = identityName(record);
  const text = canonicalRecord(record);
  const hash = contentHash(text);
  const evidence = verifyEvidence(record, options);
  const pan = evidence.ok ? evidence.pan : panOf(record.evidence);
  return {
    id: tapIdOf(record),
    identity,
    contentHash: hash,
    sealed: seal.seal(identity, text, Buffer.from(hash, 'hex')),
    cardToken: pan ? cardToken(tokenKey, pan) : '',
    cardMask: pan ? maskPan(pan) : '',
    proof: evidence.ok ? { chip: evidence.chip, atc: evidence.applicationTransactionCounter } : undefined,
    isCryptogramVerified: evidence.ok && evidence.isCryptogramVerified,
    refusal: evidence.ok ? undefined : evidence.code,
  };
}
