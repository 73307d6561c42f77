import { encode, explain, outcomeReasons, toHex } from '../../../../emv/index.js';
import { readCardNumber } from '../../../../simulator/index.js';
import { maskPan } from '../../../tap/index.js';
import { faultsAsJson } from '../../faults/print-faults.js';
import { explainExchanges } from '../explain-exchanges.js';
import { type ContactTap, isAccepted } from './contact-tap.js';

interface JsonOptions {
  /** What the card lies in, where there are several transactions. */
  readonly reader?: string | undefined;
  readonly showPan: boolean;
}

/** A contact transaction for scripts: the outcome, what was found bit by bit, what the issuer said, and the trace. */
export function contactAsJson(tap: ContactTap, { reader, showPan }: JsonOptions) {
  const { type, amountFen, at, run, exchanges, timing, issuer, refusal, isConfirmed, purseFen, struck = [] } = tap;
  const { outcome, tear } = run;
  const { pan } = readCardNumber(outcome.data) ?? {};
  const authentication = outcome.offlineDataAuthentication;
  const shown = explainExchanges(exchanges, { showPan });
  return {
    interface: 'contact',
    ...(reader !== undefined && { reader }),
    type,
    at: at.toISOString(),
    amountFen,
    accepted: isAccepted(tap),
    outcome: outcome.outcome,
    reason: outcome.reason,
    meaning: outcomeReasons[outcome.reason].meaning,
    ...(outcome.tag !== undefined && { tag: outcome.tag }),
    ...(outcome.statusWord !== undefined && { statusWord: outcome.statusWord.toString(16).toUpperCase() }),
    ...(tear && { tear }),
    ...(pan !== undefined && { pan: showPan ? pan : maskPan(pan) }),
    ...(outcome.applicationIdentifier && { applicationIdentifier: toHex(outcome.applicationIdentifier) }),
    cryptogramType: outcome.cryptogramType,
    authorizationResponseCode: outcome.authorizationResponseCode,
    ...(authentication && {
      offlineDataAuthentication: {
        ok: authentication.ok,
        ...(authentication.ok ? {} : { reason: authentication.reason, step: authentication.step }),
      },
    }),
    cardholderVerification: {
      ...outcome.cardholderVerification,
      results: explained('9F34', outcome.cardholderVerification.results),
    },
    terminalVerificationResults: explained('95', outcome.terminalVerificationResults),
    transactionStatusInformation: explained('9B', outcome.transactionStatusInformation),
    scriptResults: outcome.scriptResults.map(toHex),
    reversalRequired: outcome.reversalRequired,
    adviceRequired: outcome.adviceRequired,
    messages: outcome.messages,
    ...(purseFen !== undefined && { electronicCashFen: purseFen }),
    ...(issuer !== undefined && { issuer }),
    ...(refusal && { issuerError: { code: refusal.code, message: refusal.message } }),
    ...(isConfirmed !== undefined && { isConfirmed }),
    ...(struck.length > 0 && { faults: faultsAsJson(struck) }),
    timing,
    trace: exchanges.map((exchange, index) => {
      const { command, response } = shown[index]!;
      return { ...exchange, command, response };
    }),
  };
}

/** A value with its meaning and those of its bits that are set. */
function explained(tag: string, value: Uint8Array | undefined) {
  if (value === undefined) return undefined;
  const [object] = explain(encode([{ tag, value }]));
  const { meaning, bits = [] } = object!;
  const set = bits.filter((bit) => bit.set).map(({ byte, bit, name }) => ({ byte, bit, name }));
  return { value: toHex(value), ...(meaning !== undefined && { meaning }), ...(set.length > 0 && { bits: set }) };
}
