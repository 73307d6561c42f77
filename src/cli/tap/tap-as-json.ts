import { outcomeReasons, toHex } from '../../../emv/index.js';
import type { Delivery } from './deliver.js';
import { explainExchanges } from './explain-exchanges.js';
import type { KeptTap } from './run-tap.js';

const meanings: Readonly<Record<string, { readonly meaning: string } | undefined>> = outcomeReasons;

/**
 * A tap for scripts: the result, the record as it is kept and posted, what the gateway said, and the trace, in which card
 * numbers are masked unless `showPan`.
 */
export function tapAsJson(
  { record, result }: KeptTap,
  delivery: Delivery | undefined,
  { reader, showPan }: { readonly reader?: string | undefined; readonly showPan: boolean },
) {
  const { transaction, trace, tapRecord: _, terminalInput: __, ...told } = result;
  const authentication = transaction.offlineDataAuthentication;
  const shown = explainExchanges(trace, { showPan });
  return {
    ...(reader !== undefined && { reader }),
    ...told,
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
    record,
    ...(delivery && { gateway: { ...delivery.answer, tap: delivery.tap, error: errorOf(delivery) } }),
    trace: trace.map((exchange, index) => {
      const { command, response } = shown[index]!;
      return { ...exchange, command, response };
    }),
  };
}

const errorOf = ({ failure }: Delivery) => failure && { code: failure.code, message: failure.message };
