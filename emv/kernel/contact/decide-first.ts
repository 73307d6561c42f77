import { fromAscii } from '../../bytes.js';
import {
  type ActionCodes,
  analyseTerminalAction,
  denialHits,
  type TerminalDecision,
} from './analyse-terminal-action.js';
import type { ContactExchange } from './contact-exchange.js';
import { staysAboveThreshold } from './electronic-cash.js';
import { enterOnlinePin } from './perform-verification.js';
import type { TransactionState } from './transaction-state.js';

export const actionCodesOf = ({ card, terminal }: TransactionState): ActionCodes => ({
  issuerDefault: card.get('9F0D'),
  issuerDenial: card.get('9F0E'),
  issuerOnline: card.get('9F0F'),
  terminalDefault: terminal.data.get('DF11'),
  terminalOnline: terminal.data.get('DF12'),
  terminalDenial: terminal.data.get('DF13'),
});

const GO_ONLINE: TerminalDecision = { cryptogram: 'ARQC' };

/** What the terminal asks the card for first; `own` gets the authorization response code that goes with it. */
export function* decideFirst(state: TransactionState): ContactExchange<TerminalDecision> {
  const decision = state.isElectronicCash ? yield* decideElectronicCash(state) : decideDebitCredit(state);
  if (decision.authorizationResponseCode) {
    state.own.set('8A', fromAscii(decision.authorizationResponseCode));
  }
  return decision;
}

function decideDebitCredit(state: TransactionState): TerminalDecision {
  const { connection } = state.kind;
  const decision = analyseTerminalAction(state.verificationResults.bytes, actionCodesOf(state), connection);
  const mustAsk = state.terminal.requestsOnline && connection !== 'offline-only' && decision.cryptogram === 'TC';
  return mustAsk ? GO_ONLINE : decision;
}

/**
 * Electronic cash (JR/T 0025.13-2013 7.4.4): what remains is held against the reset threshold. Below it a terminal that
 * can goes online, with the online PIN; any other one asks for a TC all the same.
 */
function* decideElectronicCash(state: TransactionState): ContactExchange<TerminalDecision> {
  const { connection } = state.kind;
  const results = state.verificationResults.bytes;
  const codes = actionCodesOf(state);
  const checksCodes = state.terminal.electronicCashChecksActionCodes ?? true;
  const byCodes: TerminalDecision = checksCodes
    ? analyseTerminalAction(results, codes, connection)
    : { cryptogram: 'TC', authorizationResponseCode: 'Y1' };
  if (byCodes.cryptogram !== 'TC' || staysAboveThreshold(state.card, state.amount)) return byCodes;
  if (connection === 'offline-only') return byCodes;
  if (!state.onlinePinEntered && state.kind.capabilities.onlinePin) yield* enterOnlinePin(state);
  return checksCodes && denialHits(state.verificationResults.bytes, codes)
    ? { cryptogram: 'AAC', authorizationResponseCode: 'Z1' }
    : GO_ONLINE;
}
