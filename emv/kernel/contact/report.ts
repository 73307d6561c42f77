import { decodeNumeric, toAscii } from '../../bytes.js';
import { issuerBalance } from '../issuer-balance.js';
import type { ContactEnding, ContactMessage, ContactOutcome } from './contact-outcome.js';
import type { TransactionState } from './transaction-state.js';

const ADVICE_REQUIRED = 0x08;
const REASON_MASK = 0x07;
const SERVICE_NOT_ALLOWED = 0x01;

/** The outcome, with all that is known of the transaction. */
export function report(state: TransactionState, ending: ContactEnding): ContactOutcome {
  const { outcome, reason, tag, statusWord } = ending;
  const { card, own } = state;
  const information = card.get('9F27')?.[0] ?? 0;
  const responseCode = own.get('8A');
  const isApproved = outcome === 'approved-offline' || outcome === 'approved-online';
  const signatureRequired = state.signatureRequired && (isApproved || outcome === 'online-requested');
  return {
    outcome,
    reason,
    ...(tag !== undefined && { tag }),
    ...(statusWord !== undefined && { statusWord }),
    ...(state.applicationIdentifier.length > 0 && { applicationIdentifier: state.applicationIdentifier }),
    ...(state.authentication && { offlineDataAuthentication: state.authentication }),
    cardholderVerification: {
      results: own.get('9F34'),
      signatureRequired,
      onlinePinEntered: state.onlinePinEntered,
    },
    cryptogramType: state.cryptogramType,
    authorizationResponseCode: responseCode && toAscii(responseCode),
    scriptResults: state.scriptResults,
    adviceRequired: (information & ADVICE_REQUIRED) !== 0,
    reversalRequired: state.issuerApproved && outcome !== 'approved-online',
    ...(state.isElectronicCash && {
      electronicCash: { balance: balanceOf(state), authorizationCode: card.get('9F74')! },
    }),
    messages: messagesFor(outcome, signatureRequired, (information & REASON_MASK) === SERVICE_NOT_ALLOWED),
    data: state.data,
    records: state.records,
    terminalVerificationResults: state.verificationResults.bytes,
    transactionStatusInformation: state.statusInformation.bytes,
  };
}

function messagesFor(
  outcome: ContactOutcome['outcome'],
  signatureRequired: boolean,
  serviceNotAllowed: boolean,
): ContactMessage[] {
  if (outcome === 'online-requested') return ['processing-online'];
  if (outcome === 'terminated') return ['processing-error', 'remove-card'];
  if (outcome === 'declined') return [serviceNotAllowed ? 'not-accepted' : 'declined', 'remove-card'];
  return ['approved', 'remove-card', ...(signatureRequired ? (['please-sign'] as const) : [])];
}

/** From the issuer's data (9F10), which the card has filled after the debit, else as GET DATA gave it last (part 13, 7.4.6). */
function balanceOf({ card }: TransactionState): number | undefined {
  return issuerBalance(card) ?? decodeNumeric(card.get('9F79') ?? new Uint8Array(0));
}
