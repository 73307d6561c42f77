import type { Response } from '../../../emv/apdu/index.js';
import { toAscii } from '../../../emv/bytes.js';
import type { CardSession } from '../card-session.js';
import { manageRisk } from '../transaction/card-risk-management.js';
import { withAmounts, withFailedAuthentication, withInternationalCounters } from '../transaction/contact-counters.js';
import { type ContactTransaction, type GivenCryptogram, withResults } from '../transaction/contact-transaction.js';
import { namedBits, namedBitsOf } from '../transaction/named-bits.js';
import { completionAction, type IssuerAuthentication, issuerApproves } from '../transaction/online-completion.js';
import { unableToGoOnlineChecks } from '../transaction/risk-checks.js';
import { type RiskInput, riskInput } from '../transaction/risk-input.js';
import { withLogEntry } from '../transaction/transaction-log.js';
import { answerCryptogram } from './answer-cryptogram.js';
import type { CryptogramRequest, InitiatedStage } from './cryptogram-request.js';

/** Authorization response codes of a terminal that could not go online: approved, declined. */
const UNABLE_TO_GO_ONLINE = ['Y3', 'Z3'];
const ADVICE_ISSUER_AUTHENTICATION = 0x0b;

/** The second GENERATE AC, after an ARQC (JR/T 0025.5-2013 16). */
export function generateSecond(
  session: CardSession,
  stage: InitiatedStage,
  first: GivenCryptogram,
  request: CryptogramRequest,
): Response {
  const { application: index, transaction, verification } = stage;
  const { terminalData } = request;
  const application = session.application(index);
  const input = riskInput(application, session.applicationState(index), {
    terminalData,
    profile: namedBitsOf('82', transaction.applicationInterchangeProfile),
    electronicCash: false,
    verified: verification.performed,
  });
  const responseCode = toAscii(terminalData.get('8A') ?? new Uint8Array(0));
  const completed = UNABLE_TO_GO_ONLINE.includes(responseCode)
    ? completeOffline(request, input)
    : completeOnline(transaction, request, input, responseCode);
  const after = completed.type === 'TC' ? withLogEntry(application, completed.after, terminalData) : completed.after;
  const results = withResults(transaction.results, Object.fromEntries(completed.results.map((name) => [name, true])));
  const next = { ...transaction, first, results, terminalData };
  return answerCryptogram(session, { ...stage, transaction: next }, { ...completed, request, after });
}

/** The issuer was asked (JR/T 0025.5-2013 16.6). */
function completeOnline(
  transaction: ContactTransaction,
  request: CryptogramRequest,
  input: RiskInput,
  responseCode: string,
) {
  const authentication = issuerAuthenticationOf(transaction, input);
  const approves = issuerApproves(
    transaction.issuerAuthentication === 'succeeded' ? transaction.authorizationResponseCode! : responseCode,
  );
  const isApproved = request.type === 'TC' && approves && input.state.blocked === undefined;
  const action = completionAction(authentication, isApproved, input.actions);
  const performed = transaction.issuerAuthentication !== 'not-performed';
  const unperformed = !performed && input.profile.has('issuerAuthentication');
  return {
    type: action.type,
    after: action.apply(input.state),
    results: unperformed ? (['issuerAuthenticationNotPerformed'] as const) : [],
    advice: action.advises ? ADVICE_ISSUER_AUTHENTICATION : 0,
  };
}

function issuerAuthenticationOf(transaction: ContactTransaction, { profile, data }: RiskInput): IssuerAuthentication {
  if (transaction.issuerAuthentication !== 'not-performed') return transaction.issuerAuthentication;
  if (!profile.has('issuerAuthentication')) return 'not-supported';
  return namedBits('9F56', data['9F56']).has('mandatory') ? 'missing' : 'omitted';
}

/** The terminal could not go online; the checks run even if it asks for an AAC (JR/T 0025.5-2013 16.7). */
function completeOffline(request: CryptogramRequest, input: RiskInput) {
  const { results, wish } = manageRisk(unableToGoOnlineChecks, input);
  const type = request.type === 'TC' && wish === undefined && input.state.blocked === undefined ? 'TC' : 'AAC';
  const abroad = withInternationalCounters(input.state, input);
  return {
    type,
    after: type === 'TC' ? withAmounts(abroad, input) : withFailedAuthentication(abroad, request.terminalData),
    results: [...results, 'unableToGoOnline' as const],
    advice: 0,
  } as const;
}
