import { type TransactionOutcome, toHex } from '../../../../../emv/index.js';
import { compare } from '../../compare.js';
import type { Difference, Vector } from '../../vector.js';
import { withTagsInCapitals } from './with-tags-in-capitals.js';

/**
 * The end of a contactless transaction as sessions write it; a recording keeps it, a replay holds it against that. Of
 * the data only the `tags` are said.
 */
export const outcomeInHex = (outcome: TransactionOutcome, tags: readonly string[]) => ({
  outcome: outcome.outcome,
  reason: outcome.reason,
  tryAnotherInterface: outcome.tryAnotherInterface,
  cardholderVerification: outcome.cardholderVerification,
  ...authenticationSaid(outcome),
  data: dataInHex(outcome.data, tags),
  tvr: toHex(outcome.terminalVerificationResults),
  tsi: toHex(outcome.transactionStatusInformation),
});

/** Of the data what the vector names. */
export function compareOutcome(expected: Vector['expect'], outcome: TransactionOutcome): Difference[] {
  const wanted = withTagsInCapitals(expected);
  return compare(wanted, outcomeInHex(outcome, Object.keys(wanted.data ?? {})));
}

function dataInHex(data: TransactionOutcome['data'], tags: readonly string[]): Record<string, string> {
  const said: Record<string, string> = {};
  for (const tag of tags) {
    const value = data.get(tag);
    if (value !== undefined) said[tag] = toHex(value);
  }
  return said;
}

/** Whether offline data authentication held, and why not; nothing where it was not performed. */
export const authenticationSaid = ({
  offlineDataAuthentication: result,
}: Pick<TransactionOutcome, 'offlineDataAuthentication'>) =>
  result && { oda: { ok: result.ok, ...(result.ok ? {} : { reason: result.reason }) } };
