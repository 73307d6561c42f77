import { onceFor } from '../../../../emv/once-for.js';
import {
  canonicalRecord,
  cardToken,
  contentHash,
  type EvidenceBytes,
  evidenceBytes,
  maskPan,
  panOf,
  type TapRecord,
} from '../../../tap/index.js';
import { type VerifiedEvidence, type VerifyEvidenceOptions, verifyEvidence } from '../../evidence/index.js';
import { packTap } from '../pack-tap.js';
import type { RecordSeal } from '../record-seal.js';
import { identityName, tapIdOf } from '../tap-id.js';
import type { ExaminedRecord } from './examined-record.js';

export interface ExamineOptions extends VerifyEvidenceOptions {
  /** The secret of card tokens. */
  readonly tokenKey: Uint8Array;
  readonly seal: RecordSeal;
}

export function examineRecord(
  record: TapRecord,
  options: ExamineOptions,
  bytes: EvidenceBytes = evidenceBytes(record.evidence),
): ExaminedRecord {
  const { seal, tokenKey } = options;
  const identity = identityName(record);
  const text = canonicalRecord(record, bytes.tags);
  const hash = contentHash(text);
  const evidence = verifyEvidence(record, options, bytes);
  const names = evidence.ok ? namesOf(tokenKey, evidence) : namesOfPan(tokenKey, panOf(record.evidence));
  return {
    id: tapIdOf(record),
    identity,
    contentHash: hash,
    sealed: seal.seal(identity, text, Buffer.from(hash, 'hex'), packTap(text, record, bytes)),
    cardToken: names.cardToken,
    cardMask: names.cardMask,
    proof: evidence.ok ? { chip: evidence.chip, atc: evidence.applicationTransactionCounter } : undefined,
    isCryptogramVerified: evidence.ok && evidence.isCryptogramVerified,
    refusal: evidence.ok ? undefined : evidence.code,
  };
}

interface CardNames {
  readonly cardToken: string;
  readonly cardMask: string;
}

const namesOfPan = (tokenKey: Uint8Array, pan: string | undefined): CardNames =>
  pan === undefined ? { cardToken: '', cardMask: '' } : { cardToken: cardToken(tokenKey, pan), cardMask: maskPan(pan) };

/** Those of cards that proved themselves, by the keys of their certificates. */
const namesUnder = onceFor((_tokenKey: Uint8Array) => new WeakMap<Uint8Array, CardNames>());

function namesOf(tokenKey: Uint8Array, { pan, publicKey }: VerifiedEvidence): CardNames {
  const known = namesUnder(tokenKey);
  const names = known.get(publicKey) ?? namesOfPan(tokenKey, pan);
  known.set(publicKey, names);
  return names;
}
