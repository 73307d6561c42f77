import type { ApplicationState } from '../card-file.js';
import type { RiskParameters } from '../transaction/counters.js';
import { type Decision, decide } from '../transaction/decide.js';
import { selectFund } from '../transaction/funds.js';
import type { TerminalRequest } from '../transaction/terminal-request.js';
import type { CappTransaction } from './capp-transaction.js';
import type { Extension, Settlement } from './extend.js';

interface Settled {
  readonly amounts: Omit<Settlement, 'exceedsOffset'>;
  readonly transaction: Pick<CappTransaction, 'indicator' | 'exceedsOffset'>;
}

export interface ExtendedDecision {
  readonly decision: Decision;
  /** Only where an extension's transaction was approved. */
  readonly settlement?: Settled;
}

/**
 * The card's decision with what an extension lets it spend. Where that is too little or no approval, the extension is
 * over and the plain balance counts (JR/T 0025.14-2013 5.2.2, 6.2.2): an approval beside the purse (9F68 1.6) is none.
 */
export function decideExtended(
  extension: Exclude<Extension, { kind: 'refused' }>,
  parameters: RiskParameters,
  state: ApplicationState,
  request: TerminalRequest,
): ExtendedDecision {
  if (extension.kind === 'none' || request.amount > extension.usable) {
    return { decision: decide(parameters, state, request) };
  }
  const decision = decide(parameters, { ...state, balance: extension.usable }, request);
  if (decision.kind !== 'TC') return { decision: decide(parameters, state, request) };
  const { exceedsOffset, ...amounts } = extension.settle(request.amount);
  const counters = { ...decision.counters, balance: amounts.balance };
  const available = selectFund(parameters)?.available(counters, parameters) ?? 0;
  return {
    decision: {
      ...decision,
      counters,
      ...(decision.availableOfflineAmount === undefined ? {} : { availableOfflineAmount: available }),
    },
    settlement: { amounts, transaction: { indicator: extension.indicator, exceedsOffset } },
  };
}
