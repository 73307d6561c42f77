import { type ContactOutcome, toHex } from '../../../../../../emv/index.js';
import { authenticationSaid } from '../outcome-in-hex.js';

/** The end of a contact transaction as sessions write it; a recording keeps it, a replay holds it against that. */
export const contactOutcomeInHex = (outcome: ContactOutcome) => ({
  outcome: outcome.outcome,
  reason: outcome.reason,
  ...authenticationSaid(outcome),
  cardholderVerification: {
    ...outcome.cardholderVerification,
    results: outcome.cardholderVerification.results && toHex(outcome.cardholderVerification.results),
  },
  cryptogramType: outcome.cryptogramType,
  authorizationResponseCode: outcome.authorizationResponseCode,
  scriptResults: outcome.scriptResults.map(toHex),
  adviceRequired: outcome.adviceRequired,
  reversalRequired: outcome.reversalRequired,
  electronicCash: outcome.electronicCash && { balance: outcome.electronicCash.balance },
  messages: outcome.messages,
  data: Object.fromEntries([...outcome.data].map(([tag, value]) => [tag, toHex(value)])),
  tvr: toHex(outcome.terminalVerificationResults),
  tsi: toHex(outcome.transactionStatusInformation),
});
