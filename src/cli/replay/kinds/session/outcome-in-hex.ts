import { type TransactionOutcome, toHex } from '../../../../../emv/index.js';

/** The end of a contactless transaction as sessions write it; a recording keeps it, a replay holds it against that. */
export const outcomeInHex = (outcome: TransactionOutcome) => ({
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
