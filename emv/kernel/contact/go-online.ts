import { externalAuthenticate } from '../../apdu/index.js';
import { fromAscii } from '../../bytes.js';
import { STATUS_CONDITIONS_NOT_SATISFIED, STATUS_OK } from '../status-word.js';
import { proceed, type Step, terminate } from '../transaction-outcome.js';
import { ask, type ContactExchange, transmit } from './contact-exchange.js';
import { issuerDecision } from './issuer-decision.js';
import type { IssuerAnswer, PortAnswer } from './port-request.js';
import type { TransactionState } from './transaction-state.js';

const AUTHENTICATION_DATA_LENGTH = { minimum: 8, maximum: 16 };

/** Asks the issuer; a terminal without a host cannot. */
export function* authorizeOnline(state: TransactionState): ContactExchange<PortAnswer<'authorize-online'>> {
  state.own.delete('8A');
  if (state.kind.connection === 'offline-only') return { kind: 'authorize-online', result: 'unable' };
  const { data, onlinePinEntered: onlinePin } = state;
  const cryptogramType = state.terminal.maintains ? 'AAC' : 'ARQC';
  return yield* ask({ kind: 'authorize-online', data, cryptogramType, onlinePin });
}

export function storeIssuerAnswer(answer: IssuerAnswer, { own }: TransactionState): void {
  own.set('8A', fromAscii(answer.authorizationResponseCode));
  if (answer.issuerAuthenticationData) own.set('91', answer.issuerAuthenticationData);
  if (answer.authorizationCode) own.set('89', answer.authorizationCode);
}

/**
 * EXTERNAL AUTHENTICATE where the answer brought data for it (91) and the card's profile has it; another card may ask
 * for 91 in CDOL2 (JR/T 0025.6-2013 7.11.4.3).
 */
export function* authenticateIssuer(state: TransactionState): ContactExchange<Step<undefined>> {
  const { own, statusInformation, verificationResults, terminal } = state;
  const data = own.get('91');
  if (data === undefined || !state.profile.issuerAuthentication) {
    return proceed(undefined);
  }
  const { minimum, maximum } = AUTHENTICATION_DATA_LENGTH;
  if (data.length < minimum || data.length > maximum) {
    throw new RangeError(`issuer authentication data have 8 to 16 bytes, not ${data.length}`);
  }
  statusInformation.set('issuerAuthentication');
  const answer = yield* transmit('external-authenticate', externalAuthenticate(data));
  if (!answer.ok) return answer;
  const { statusWord } = answer.value;
  if (statusWord === STATUS_OK) return proceed(undefined);
  verificationResults.set('issuerAuthenticationFailed');
  return statusWord === STATUS_CONDITIONS_NOT_SATISFIED && terminal.terminatesOnRefusedIssuerAuthentication
    ? terminate('issuer-authentication-refused', { statusWord })
    : proceed(undefined);
}

/** Whether the issuer approves, by its code, or on the phone where it wants to be called (7.13.5.1). */
export function* isApprovedByIssuer(answer: IssuerAnswer, state: TransactionState): ContactExchange<boolean> {
  const { authorizationResponseCode } = answer;
  const decision = issuerDecision(authorizationResponseCode);
  if (decision !== 'refer') return decision === 'approve';
  if (!state.terminal.supportsReferral) return false;
  const { approved } = yield* ask({ kind: 'refer-to-issuer', authorizationResponseCode, data: state.data });
  return approved;
}
