import type { Response } from '../../../emv/apdu/index.js';
import { equalBytes } from '../../../emv/bytes.js';
import type { ApplicationState } from '../card-file.js';
import type { CardSession } from '../card-session.js';
import { manageRisk, type RiskOutcome } from '../transaction/card-risk-management.js';
import { withAmounts, withFailedAuthentication, withInternationalCounters } from '../transaction/contact-counters.js';
import { type ContactTransaction, withResults } from '../transaction/contact-transaction.js';
import type { CryptogramType } from '../transaction/cryptogram-type.js';
import { namedBitsOf } from '../transaction/named-bits.js';
import { stateWithPurse } from '../transaction/purse.js';
import { firstChecks } from '../transaction/risk-checks.js';
import { type RiskInput, riskInput } from '../transaction/risk-input.js';
import { withLogEntry } from '../transaction/transaction-log.js';
import { answerCryptogram } from './answer-cryptogram.js';
import type { CryptogramRequest, InitiatedStage } from './cryptogram-request.js';

/** These may differ between the PDOL and CDOL1 of electronic cash (JR/T 0025.13-2013 7.4.5). */
const MAY_DIFFER = ['95', '9B', '9F37'];

const strength: Readonly<Record<CryptogramType, number>> = { AAC: 0, ARQC: 1, TC: 2 };
const weaker = (one: CryptogramType, other: CryptogramType) => (strength[one] <= strength[other] ? one : other);

/** The first GENERATE AC (JR/T 0025.5-2013 14.4; electronic cash: JR/T 0025.13-2013 7.4.4 and 7.4.5). */
export function generateFirst(session: CardSession, stage: InitiatedStage, request: CryptogramRequest): Response {
  const { application: index, transaction, verification } = stage;
  const application = session.application(index);
  const before = session.applicationState(index);
  const input = riskInput(application, before, {
    terminalData: request.terminalData,
    profile: namedBitsOf('82', transaction.applicationInterchangeProfile),
    electronicCash: transaction.electronicCash !== undefined,
    verified: verification.performed,
  });
  const outcome = manageRisk(firstChecks, input);
  const isBlocked = before.blocked !== undefined || outcome.wish === 'decline-and-block';
  const type = isBlocked ? 'AAC' : answeredType(request, transaction, outcome);
  const counted = stateAfter(type, before, input, request, transaction);
  const decided = isBlocked && before.blocked === undefined ? { ...counted, blocked: 'application' as const } : counted;
  const after = type === 'TC' ? withLogEntry(application, decided, request.terminalData) : decided;
  const results = withResults(transaction.results, Object.fromEntries(outcome.results.map((result) => [result, true])));
  const scriptCommands = transaction.electronicCash === undefined ? before.scriptCommands : 0;
  const next = {
    ...transaction,
    terminalData: request.terminalData,
    firstData: request.values,
    results,
    scriptCommands,
  };
  const advice = firstAdvice(type, input, verification.limitReachedNow);
  return answerCryptogram(session, { ...stage, transaction: next }, { type, request, after, advice });
}

function answeredType(
  { type, said }: CryptogramRequest,
  transaction: ContactTransaction,
  { wish }: RiskOutcome,
): CryptogramType {
  if (transaction.electronicCash !== undefined && type === 'TC') {
    const { terminalData } = transaction;
    const differs = [...said].some(
      ([tag, value]) =>
        !MAY_DIFFER.includes(tag) && terminalData.has(tag) && !equalBytes(value, terminalData.get(tag)!),
    );
    return differs ? 'AAC' : 'TC';
  }
  const wished = wish === undefined ? 'TC' : wish === 'online' ? 'ARQC' : 'AAC';
  return weaker(type, wished);
}

/** What the counters and flags are after each answer (JR/T 0025.5-2013 14.5). */
function stateAfter(
  type: CryptogramType,
  before: ApplicationState,
  input: RiskInput,
  request: CryptogramRequest,
  transaction: ContactTransaction,
): ApplicationState {
  if (type === 'ARQC') return { ...before, onlineAuthorizationPending: true };
  const counted = type === 'AAC' ? withFailedAuthentication(before, request.terminalData) : before;
  if (transaction.electronicCash !== undefined) {
    if (type === 'AAC') return counted;
    const purse = transaction.electronicCash;
    const paying = stateWithPurse(counted, purse);
    return stateWithPurse({ ...paying, balance: paying.balance - input.amount }, purse);
  }
  const abroad = withInternationalCounters(counted, input);
  return type === 'AAC' ? abroad : withAmounts(abroad, input);
}

const ADVICE = 0x08;
const ADVICE_PIN_LIMIT = 0x0a;

/** Bits of 9F27 beside the type (JR/T 0025.5-2013 14.5.1, annex A). */
function firstAdvice(type: CryptogramType, { actions }: RiskInput, limitReachedNow: boolean): number {
  if (type !== 'AAC') return 0;
  if (limitReachedNow && actions.has('adviceAfterPinLimit')) return ADVICE_PIN_LIMIT;
  return actions.has('adviceAfterDecline') ? ADVICE : 0;
}
