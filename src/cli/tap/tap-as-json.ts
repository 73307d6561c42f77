import { outcomeReasons, toHex } from '../../../emv/index.js';
import { faultsAsJson } from '../faults/print-faults.js';
import type { Delivery } from './deliver.js';
import { explainExchanges } from './explain-exchanges.js';
import type { TimedTap } from './timed-tap.js';
import type { LimitCheck } from './timing/compare-limits.js';

const meanings: Readonly<Record<string, { readonly meaning: string } | undefined>> = outcomeReasons;

const US_PER_MS = 1000;

interface JsonSurroundings {
  readonly limits: readonly LimitCheck[];
  /** Where there are several. */
  readonly reader?: string | undefined;
  readonly showPan: boolean;
}

/**
 * A tap for scripts: the result, the record as it is kept and posted, what the gateway said, and the trace, in which card
 * numbers are masked unless `showPan`.
 */
export function tapAsJson(
  { exchanges, member, record, result, struck = [], timing }: TimedTap,
  delivery: Delivery | undefined,
  { limits, reader, showPan }: JsonSurroundings,
) {
  const { transaction, timing: _, trace: __, tapRecord: ___, terminalInput: ____, ...told } = result;
  const authentication = transaction.offlineDataAuthentication;
  const shown = explainExchanges(exchanges, { showPan });
  return {
    ...(reader !== undefined && { reader }),
    ...told,
    timing: {
      totalMs: (timing.fieldUs + (timing.decisionUs ?? 0)) / US_PER_MS,
      cardMs: timing.elapsedUs / US_PER_MS,
      ...timing,
      limits,
    },
    meaning: meanings[result.reason]?.meaning,
    terminalVerificationResults: toHex(transaction.terminalVerificationResults),
    transactionStatusInformation: toHex(transaction.transactionStatusInformation),
    cardholderVerification: transaction.cardholderVerification,
    ...(authentication && {
      offlineDataAuthentication: {
        ok: authentication.ok,
        ...(authentication.ok ? {} : { reason: authentication.reason, step: authentication.step }),
      },
    }),
    ...(struck.length > 0 && { faults: faultsAsJson(struck) }),
    ...(member && { member }),
    record,
    ...(delivery && { gateway: { ...delivery.answer, tap: delivery.tap, error: errorOf(delivery) } }),
    trace: exchanges.map((exchange, index) => {
      const { command, response } = shown[index]!;
      return { ...exchange, command, response };
    }),
  };
}

const errorOf = ({ failure }: Delivery) => failure && { code: failure.code, message: failure.message };
