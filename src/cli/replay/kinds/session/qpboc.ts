import { qpbocTransaction, type TransactionOutcome, toHex } from '../../../../../emv/index.js';
import { compare } from '../../compare.js';
import type { VectorRunner } from '../../vector.js';
import { usableKeys } from '../ca-keys.js';
import { playTranscript } from './play-transcript.js';
import { sessionInputSchema } from './session-input.js';

/** A session of the contactless kernel. */
export const play: VectorRunner = (input, expected) => {
  const { transcript, caKeys, terminal, ...rest } = sessionInputSchema.parse(input);
  const kernel = qpbocTransaction({ ...rest, data: terminal, caKeys: usableKeys(caKeys).store });
  const { outcome, differences } = playTranscript(kernel, transcript);
  return outcome === undefined ? differences : [...differences, ...compare(expected, inHex(outcome))];
};

const inHex = (outcome: TransactionOutcome) => ({
  outcome: outcome.outcome,
  reason: outcome.reason,
  tryAnotherInterface: outcome.tryAnotherInterface,
  cardholderVerification: outcome.cardholderVerification,
  ...(outcome.offlineDataAuthentication && {
    oda: { ok: outcome.offlineDataAuthentication.ok, ...reasonOf(outcome.offlineDataAuthentication) },
  }),
  data: Object.fromEntries([...outcome.data].map(([tag, value]) => [tag, toHex(value)])),
  tvr: toHex(outcome.terminalVerificationResults),
  tsi: toHex(outcome.transactionStatusInformation),
});

const reasonOf = (result: NonNullable<TransactionOutcome['offlineDataAuthentication']>) =>
  result.ok ? {} : { reason: result.reason };
