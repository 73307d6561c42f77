import { type TransactionOutcome, toHex } from '../../../../../emv/index.js';

/**
 * The end of a contactless transaction as sessions write it; a recording keeps it, a replay holds it against that. Of
 * the data only the `tags` are said.
 */
export const outcomeInHex = (outcome: TransactionOutcome, tags: readonly string[]) => ({
  outcome: outcome.outcome,
  reason: outcome.reason,
  tryAnotherInterface: outcome.tryAnotherInterface,
  cardholderVerification: outcome.cardholderVerification,
  ...(outcome.offlineDataAuthentication && {
    oda: { ok: outcome.offlineDataAuthentication.ok, ...reasonOf(outcome.offlineDataAuthentication) },
  }),
  data: dataInHex(outcome.data, tags),
  tvr: toHex(outcome.terminalVerificationResults),
  tsi: toHex(outcome.transactionStatusInformation),
});

function dataInHex(data: TransactionOutcome['data'], tags: readonly string[]): Record<string, string> {
  const said: Record<string, string> = {};
  for (const tag of tags) {
    const value = data.get(tag);
    if (value !== undefined) said[tag] = toHex(value);
  }
  return said;
}

const reasonOf = (result: NonNullable<TransactionOutcome['offlineDataAuthentication']>) =>
  result.ok ? {} : { reason: result.reason };
