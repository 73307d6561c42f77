import { fromAscii } from '../../bytes.js';
import type { OutcomeReason } from '../transaction-outcome.js';
import { decline, terminate } from '../transaction-outcome.js';
import { analyseWithoutHost, type TerminalDecision } from './analyse-terminal-action.js';
import type { AuthenticationMethod } from './authentication-method.js';
import type { ContactExchange } from './contact-exchange.js';
import { type ContactEnding, endAs } from './contact-outcome.js';
import { isAllowedAnswer } from './cryptogram-type.js';
import { actionCodesOf } from './decide-first.js';
import { generateApplicationCryptogram } from './generate-application-cryptogram.js';
import { authenticateIssuer, authorizeOnline, isApprovedByIssuer, storeIssuerAnswer } from './go-online.js';
import { issuerDecision } from './issuer-decision.js';
import { runScripts } from './issuer-script.js';
import type { IssuerAnswer } from './port-request.js';
import type { TransactionState } from './transaction-state.js';

/**
 * From the first GENERATE AC to the end (JR/T 0025.6-2013 7.10 to 7.13): the card agrees, weakens the terminal's wish,
 * or is found out; then, with an ARQC, the issuer's word and the second GENERATE AC.
 */
export function* complete(
  decision: TerminalDecision,
  method: AuthenticationMethod,
  state: TransactionState,
): ContactExchange<ContactEnding> {
  const asked = decision.cryptogram;
  const withArqc = state.terminal.combinedAuthenticationWithOnlineRequest ?? true;
  const signed = method === 'cda' && (asked === 'TC' || (asked === 'ARQC' && withArqc));
  const answer = yield* generateApplicationCryptogram(asked, '8C', signed, state);
  if (!answer.ok) return answer;
  const { type, isAuthentic } = answer.value;
  state.statusInformation.set('cardRiskManagement');
  state.cryptogramType = type;
  if (!isAllowedAnswer(asked, type)) return terminate('cryptogram-type-wrong', { tag: '9F27' });
  if (!isAuthentic) return yield* refuseForgery(type, state);
  if (type === 'ARQC') return yield* completeOnline(asked, method, state);
  if (type === 'TC') return endAs('approved-offline', 'approved');
  state.own.set('8A', fromAscii('Z1'));
  return decline(asked === 'AAC' ? 'declined-by-terminal' : 'declined-by-card');
}

/** A CDA signature that does not hold: a TC is refused, an ARQC is answered with a demand for an AAC (7.13.4). */
function* refuseForgery(type: 'TC' | 'ARQC' | 'AAC', state: TransactionState): ContactExchange<ContactEnding> {
  state.own.set('8A', fromAscii('Z1'));
  if (type === 'ARQC') {
    const answer = yield* generateApplicationCryptogram('AAC', '8D', false, state);
    if (!answer.ok) return answer;
    state.cryptogramType = answer.value.type;
  }
  return decline('offline-data-authentication-failed', { tag: '9F4B' });
}

function* completeOnline(
  asked: TerminalDecision['cryptogram'],
  method: AuthenticationMethod,
  state: TransactionState,
): ContactExchange<ContactEnding> {
  const answer = yield* authorizeOnline(state);
  if (answer.result === 'pending') {
    return endAs('online-requested', asked === 'ARQC' ? 'online-requested-by-terminal' : 'online-requested-by-card');
  }
  if (answer.result === 'unable') return yield* completeWithoutHost(method, state);
  storeIssuerAnswer(answer, state);
  state.issuerApproved = issuerDecision(answer.authorizationResponseCode) === 'approve';
  const authenticated = yield* authenticateIssuer(state);
  if (!authenticated.ok) return authenticated;
  const scripted = yield* runScripts('71', answer.scripts ?? [], state);
  if (!scripted.ok) return scripted;
  state.issuerApproved = yield* isApprovedByIssuer(answer, state);
  const ending = yield* finish(
    state.issuerApproved ? 'TC' : 'AAC',
    method,
    declineReason(answer),
    'approved-online',
    state,
  );
  if (ending.outcome === 'terminated') return ending;
  // A card that leaves during these scripts does not change what was decided before them.
  yield* runScripts('72', answer.scripts ?? [], state);
  return ending;
}

const declineReason = ({ authorizationResponseCode }: IssuerAnswer): OutcomeReason =>
  issuerDecision(authorizationResponseCode) === 'refer' ? 'referral-declined' : 'declined-by-issuer';

/** The default action codes decide in the place of the issuer (7.13.6). */
function* completeWithoutHost(method: AuthenticationMethod, state: TransactionState): ContactExchange<ContactEnding> {
  const { terminal, kind, verificationResults } = state;
  const declinesAtOnce = kind.connection === 'online-only' && !(terminal.onlineOnlyChecksDefaultActionCodes ?? true);
  const decision = analyseWithoutHost(verificationResults.bytes, actionCodesOf(state), declinesAtOnce);
  state.own.set('8A', fromAscii(decision.authorizationResponseCode!));
  const asked = decision.cryptogram === 'TC' ? 'TC' : 'AAC';
  return yield* finish(asked, method, 'online-impossible', 'approved-offline', state);
}

/** The second GENERATE AC: asked for an AAC the answer is no, whatever the card says (7.13.5.2.3). */
function* finish(
  asked: 'TC' | 'AAC',
  method: AuthenticationMethod,
  declined: OutcomeReason,
  approvedAs: 'approved-online' | 'approved-offline',
  state: TransactionState,
): ContactExchange<ContactEnding> {
  const signed = method === 'cda' && asked === 'TC';
  const answer = yield* generateApplicationCryptogram(asked, '8D', signed, state);
  if (!answer.ok) return answer;
  const { type, isAuthentic } = answer.value;
  state.cryptogramType = type;
  if (asked === 'AAC') return decline(declined);
  if (type === 'ARQC') return terminate('cryptogram-type-wrong', { tag: '9F27' });
  if (type === 'AAC') return decline('declined-by-card');
  if (!isAuthentic) return decline('offline-data-authentication-failed', { tag: '9F4B' });
  return endAs(approvedAs, approvedAs === 'approved-online' ? 'approved-by-issuer' : 'approved-without-host');
}
