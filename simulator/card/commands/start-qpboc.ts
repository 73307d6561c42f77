import type { Response } from '../../../emv/apdu/index.js';
import { encodeNumeric, toHex } from '../../../emv/bytes.js';
import { onceFor } from '../../../emv/once-for.js';
import { encode } from '../../../emv/tlv/index.js';
import { answer, refuse } from '../answer.js';
import type { CappPlace } from '../capp/capp-transaction.js';
import { decideExtended } from '../capp/decide-extended.js';
import { extend } from '../capp/extend.js';
import type { ApplicationState, CardApplication, CardRecord } from '../card-file.js';
import type { CardSession } from '../card-session.js';
import { applicationCryptogram } from '../cryptography/application-cryptogram.js';
import { cardAuthenticationRelatedData, signDynamicData } from '../cryptography/dynamic-signature.js';
import { encodeCounter } from '../cryptography/encode-counter.js';
import { issuerApplicationData } from '../cryptography/issuer-application-data.js';
import type { SigningKey } from '../cryptography/signing-key.js';
import { TransactionKeys } from '../cryptography/transaction-keys.js';
import { byteOf, bytesOf, objectsOf } from '../personalized.js';
import { type RiskParameters, riskParameters } from '../transaction/counters.js';
import type { Decision } from '../transaction/decide.js';
import { discretionaryAmounts } from '../transaction/discretionary-amounts.js';
import { setNamedBits } from '../transaction/named-bits.js';
import { qpbocPurseOf, stateWithPurse, withPurse } from '../transaction/purse.js';
import type { TerminalRequest } from '../transaction/terminal-request.js';
import { withLogEntry } from '../transaction/transaction-log.js';

type Answered = Exclude<Decision, { kind: 'refused' }>;

const RANDOM_LENGTH = 4;
const NOTHING = new Uint8Array(0);
const NO_QUALIFIERS = new Uint8Array(2);
/** A pre-authorization is no payment yet: its answer has no cryptogram (JR/T 0025.14-2013 6.2.2, A.4). */
const NO_CRYPTOGRAM = new Uint8Array(8);

export interface QpbocStart {
  readonly index: number;
  /** The state with the counter of this transaction. */
  readonly started: ApplicationState;
  readonly request: TerminalRequest;
  /** The CAPP record that was read last. */
  readonly lastRead: CappPlace | undefined;
}

/** All that an answer is made from. */
interface Answering {
  readonly application: CardApplication;
  readonly parameters: RiskParameters;
  readonly keys: TransactionKeys;
  readonly signingKey: SigningKey | undefined;
  /** With the balance of the purse that is used. */
  readonly after: ApplicationState;
  readonly decision: Answered;
  readonly request: TerminalRequest;
}

/** GET PROCESSING OPTIONS over contactless: decides, and answers in format 2 (JR/T 0025.12-2013 7.4 to 7.7). */
export function startQpboc(session: CardSession, start: QpbocStart): Response {
  const { index, started, request, lastRead } = start;
  const personalized = session.application(index);
  const purse = qpbocPurseOf(personalized, request.currency);
  const application = withPurse(personalized, purse);
  const parameters = riskParameters(application);
  const before = stateWithPurse(started, purse);
  session.stage = { name: 'ended', application: index, purse };
  const extension = extend({ application, state: before, purse }, request, lastRead);
  if (extension.kind === 'refused') {
    session.keep(index, started);
    return refuse(extension.status);
  }
  const decided = decideExtended(extension, parameters, before, request);
  if (decided.decision.kind === 'refused') {
    session.keep(index, started);
    const isHabit =
      decided.decision.reason === 'no-common-path' && application.habits.includes('wrong-length-without-qpboc');
    return refuse(isHabit ? 'wrong-length' : 'conditions-not-satisfied');
  }
  const { decision, settlement } = decided;
  const after: ApplicationState = { ...before, ...decision.counters, ...settlement?.amounts };
  const keys = new TransactionKeys(application, after.applicationTransactionCounter);
  const signingKey = session.signingKey(index);
  const answering = { application, parameters, keys, signingKey, after, decision: decided.decision, request };
  const objects = commonObjects(answering);
  if (decision.kind !== 'TC') {
    session.keep(index, stateWithPurse(after, purse));
    return answer(encode([{ tag: '77', children: [...objects, ...availableOfflineAmount(decision)] }]));
  }
  session.keep(index, started);
  const made = transactionObjects(session, answering);
  const capp = settlement && { ...settlement.transaction, lastRead, updates: [], hasFailed: false };
  const cryptogram = objects.find(({ tag }) => tag === '9F26')!;
  if (capp?.indicator === 'pre-authorization') cryptogram.value = NO_CRYPTOGRAM;
  const proof = capp && { counter: after.applicationTransactionCounter, cryptogram: toHex(cryptogram.value) };
  const proved = proof === undefined ? after : { ...after, proof };
  const stateAfter = withQpbocLogEntry(answering, stateWithPurse(proved, purse));
  const lastRecord = lastRecordOf(application);
  const approval = { objects: made, lastRecord, stateAfter, committed: false, ...(capp && { capp }) };
  session.stage = { name: 'approved', application: index, purse, approval };
  const locator = { tag: '94', value: bytesOf(application.data, '94') ?? NOTHING };
  // What no record carries, as the signature of a short key, stands in the answer (JR/T 0025.12-2013 7.5).
  const inRecords = tagsInRecords(application);
  objects.splice(1, 0, locator);
  for (const [tag, value] of made) if (!inRecords.has(tag)) objects.push({ tag, value });
  return answer(encode([{ tag: '77', children: objects }]));
}

/** What every answer carries (JR/T 0025.12-2013 tables 11 and 12). */
function commonObjects({ application, parameters, keys, after, decision, request }: Answering) {
  const { data } = application;
  const counter = after.applicationTransactionCounter;
  const profile = bytesOf(data, '82') ?? NOTHING;
  const { cardVerificationResults } = decision;
  const cryptogram = applicationCryptogram(keys, {
    cryptogramVersion: application.cryptogramVersion,
    applicationTransactionCounter: counter,
    applicationInterchangeProfile: profile,
    cardVerificationResults,
    terminalData: request.data,
  });
  const discretionary = discretionaryAmounts(application.discretionaryKind, after, parameters);
  const applicationTransactionCounter = counter;
  const issuerData = { application, keys, applicationTransactionCounter, cardVerificationResults, discretionary };
  const qualifiers = cardTransactionQualifiers(application, decision);
  return [
    { tag: '82', value: profile },
    { tag: '9F36', value: encodeCounter(counter) },
    ...objectsOf(data, ['57']),
    { tag: '9F10', value: issuerApplicationData(issuerData) },
    { tag: '9F26', value: cryptogram },
    ...objectsOf(data, ['5F34']),
    ...(qualifiers === undefined ? [] : [{ tag: '9F6C', value: qualifiers }]),
    ...(decision.kind === 'TC' ? [] : objectsOf(data, ['9F63'])),
  ];
}

/** 9F6C as personalized, with the bits of this transaction (JR/T 0025.12-2013 C.1). */
function cardTransactionQualifiers({ data }: CardApplication, decision: Answered): Uint8Array | undefined {
  const personalized = bytesOf(data, '9F6C');
  if (personalized === undefined) return undefined;
  const qualifiers = personalized.slice();
  const required = (['onlinePinRequired', 'signatureRequired'] as const).filter((name) => decision[name]);
  setNamedBits('9F6C', qualifiers, required);
  return qualifiers;
}

function availableOfflineAmount({ availableOfflineAmount: amount }: Answered) {
  return amount === undefined ? [] : [{ tag: '9F5D', value: encodeNumeric(amount, 6) }];
}

/** The signature, and what else an approval shows of this transaction (JR/T 0025.12-2013 7.5, 7.7.14). */
function transactionObjects(session: CardSession, answering: Answering) {
  const { application, signingKey, after, decision, request } = answering;
  const { data, qualifiers } = request;
  const authentication = qualifiers.fddaVersion01
    ? cardAuthenticationRelatedData(
        session.random(RANDOM_LENGTH),
        cardTransactionQualifiers(application, decision) ?? NO_QUALIFIERS,
        byteOf(application.data, 'DF61'),
      )
    : undefined;
  const objects = new Map<string, Uint8Array>();
  if (signingKey !== undefined) {
    const counter = after.applicationTransactionCounter;
    objects.set('9F4B', signDynamicData(signingKey, counter, data, authentication));
  }
  if (authentication !== undefined) objects.set('9F69', authentication);
  for (const { tag, value } of availableOfflineAmount(decision)) objects.set(tag, value);
  return objects;
}

/** The objects that the records of this transaction carry; told once for an application as it stands. */
const tagsInRecords = onceFor(
  (application: CardApplication): ReadonlySet<string> =>
    new Set(recordsOnPath(application).flatMap(({ objects = [] }) => objects)),
);

/** The records that the file locator of this transaction leads through: with two algorithms a card has two paths. */
function recordsOnPath({ data, records }: CardApplication): CardRecord[] {
  const locator = bytesOf(data, '94') ?? NOTHING;
  return records.filter(({ shortFileIdentifier, recordNumber }) => {
    for (let at = 0; at < locator.length; at += 4) {
      const [file, first, last] = locator.subarray(at, at + 3) as unknown as [number, number, number];
      if (file >> 3 === shortFileIdentifier && recordNumber >= first && recordNumber <= last) return true;
    }
    return false;
  });
}

function lastRecordOf({ data }: CardApplication) {
  const locator = bytesOf(data, '94') ?? NOTHING;
  return { shortFileIdentifier: locator.at(-4)! >> 3, recordNumber: locator.at(-2)! };
}

/** 9F68 2.5: approved transactions go into the log (JR/T 0025.12-2013 7.7.19). */
function withQpbocLogEntry({ application, parameters, request }: Answering, after: ApplicationState): ApplicationState {
  const isLogged = parameters.processes.has('log-approved-transactions');
  return isLogged ? withLogEntry(application, after, request.data) : after;
}
