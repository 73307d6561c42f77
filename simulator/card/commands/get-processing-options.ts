import type { Command, Response } from '../../../emv/apdu/index.js';
import { encodeNumeric, fromHex, toHex } from '../../../emv/bytes.js';
import { buildDataObjectList, type DataMap, encode } from '../../../emv/tlv/index.js';
import { answer, refuse } from '../answer.js';
import type { ApplicationState, CardApplication } from '../card-file.js';
import type { CardSession } from '../card-session.js';
import { applicationCryptogram, encodeCounter } from '../cryptography/application-cryptogram.js';
import { cardAuthenticationRelatedData, signDynamicData } from '../cryptography/dynamic-signature.js';
import { issuerApplicationData } from '../cryptography/issuer-application-data.js';
import { riskParameters } from '../transaction/counters.js';
import { type Decision, decide } from '../transaction/decide.js';
import { readTerminalRequest, splitByDataObjectList, type TerminalRequest } from '../transaction/terminal-request.js';

type Answered = Exclude<Decision, { kind: 'refused' }>;

/** Template of what the PDOL asked for (EMV 4.3 Book 3 §6.5.8.2). */
const COMMAND_TEMPLATE = 0x83;
const COUNTER_EXHAUSTED = 0xffff;
const RANDOM_LENGTH = 4;
const ONLINE_PIN_REQUIRED = 0x80;
const SIGNATURE_REQUIRED = 0x40;
const NO_QUALIFIERS = new Uint8Array(2);
const LOG_RECORDS_MAX = 10;

/**
 * GET PROCESSING OPTIONS. The application transaction counter is kept before anything is answered, so that none is
 * ever used twice; Le has to be 00, for an answer cut short could not be asked for again. Over contactless it ends in TC, ARQC or AAC (format 2, JR/T 0025.12-2013 7.4 to 7.7); a contact
 * application answers its profile and file locator (format 1, EMV 4.3 Book 3 §6.5.8.4).
 */
export function getProcessingOptions(session: CardSession, command: Command): Response {
  if (command.p1 !== 0 || command.p2 !== 0) return refuse('incorrect-parameters');
  if (command.le !== undefined && command.le !== 0) return refuse('wrong-length');
  if (session.stage.name !== 'selected') return refuse('conditions-not-satisfied');
  const index = session.stage.application;
  const application = session.application(index);
  const values = templateValue(command.data);
  if (values === undefined) return refuse(command.data === undefined ? 'wrong-length' : 'wrong-data');
  const terminalData = splitByDataObjectList(fromHex(application.data['9F38'] ?? ''), values);
  if (terminalData === undefined) return refuse('wrong-length');
  const request = readTerminalRequest(terminalData);
  if (request === undefined) return refuse('wrong-data');
  const before = session.applicationState(index);
  session.stage = { name: 'ended', application: index };
  if (before.applicationTransactionCounter === COUNTER_EXHAUSTED) return refuse('conditions-not-satisfied');
  const started = { ...before, applicationTransactionCounter: before.applicationTransactionCounter + 1 };
  return session.file.interface === 'contact'
    ? startContact(session, index, started)
    : startQpboc(session, index, started, request);
}

function templateValue(data: Uint8Array | undefined): Uint8Array | undefined {
  if (data === undefined || data[0] !== COMMAND_TEMPLATE) return undefined;
  const long = data[1] === 0x81;
  const length = data[long ? 2 : 1];
  const value = data.subarray(long ? 3 : 2);
  return length === value.length && (long || length < 0x80) ? value : undefined;
}

function startContact(session: CardSession, index: number, started: ApplicationState): Response {
  const { data } = session.application(index);
  session.keep(index, started);
  return answer(encode([{ tag: '80', value: fromHex(`${data['82'] ?? ''}${data['94'] ?? ''}`) }]));
}

function startQpboc(
  session: CardSession,
  index: number,
  started: ApplicationState,
  request: TerminalRequest,
): Response {
  const application = session.application(index);
  const decision = decide(riskParameters(application), started, request);
  if (decision.kind === 'refused') {
    session.keep(index, started);
    return refuse('conditions-not-satisfied');
  }
  const after: ApplicationState = { ...started, ...decision.counters };
  const objects = commonObjects(application, after, decision, request.data);
  if (decision.kind !== 'TC') {
    session.keep(index, after);
    return answer(encode([{ tag: '77', children: [...objects, ...availableOfflineAmount(decision)] }]));
  }
  session.keep(index, started);
  const approved = approve(session, application, after, decision, request);
  session.stage = { name: 'approved', application: index, approval: approved };
  const locator = { tag: '94', value: fromHex(application.data['94'] ?? '') };
  return answer(encode([{ tag: '77', children: [objects[0]!, locator, ...objects.slice(1)] }]));
}

/** What every answer carries (JR/T 0025.12-2013 tables 11 and 12). */
function commonObjects(application: CardApplication, after: ApplicationState, decision: Answered, terminal: DataMap) {
  const { data } = application;
  const counter = after.applicationTransactionCounter;
  const profile = fromHex(data['82'] ?? '');
  const results = decision.cardVerificationResults;
  const cryptogram = applicationCryptogram(application, {
    applicationTransactionCounter: counter,
    applicationInterchangeProfile: profile,
    cardVerificationResults: results,
    terminalData: terminal,
  });
  const personalized = (tag: string) => (data[tag] === undefined ? [] : [{ tag, value: fromHex(data[tag]) }]);
  const qualifiers = cardTransactionQualifiers(application, decision);
  return [
    { tag: '82', value: profile },
    { tag: '9F36', value: encodeCounter(counter) },
    ...personalized('57'),
    { tag: '9F10', value: issuerApplicationData(application, counter, results, after.balance) },
    { tag: '9F26', value: cryptogram },
    ...personalized('5F34'),
    ...(qualifiers === undefined ? [] : [{ tag: '9F6C', value: qualifiers }]),
  ];
}

/** 9F6C as personalized, with the bits of this transaction (JR/T 0025.12-2013 C.1). */
function cardTransactionQualifiers({ data }: CardApplication, decision: Answered): Uint8Array | undefined {
  if (data['9F6C'] === undefined) return undefined;
  const qualifiers = fromHex(data['9F6C']);
  qualifiers[0]! |=
    (decision.onlinePinRequired ? ONLINE_PIN_REQUIRED : 0) | (decision.signatureRequired ? SIGNATURE_REQUIRED : 0);
  return qualifiers;
}

function availableOfflineAmount({ availableOfflineAmount: amount }: Answered) {
  return amount === undefined ? [] : [{ tag: '9F5D', value: encodeNumeric(amount, 6) }];
}

/** Signs, and prepares all that the last record will keep at once (JR/T 0025.12-2013 7.5, 7.7.14, 7.7.19). */
function approve(
  session: CardSession,
  application: CardApplication,
  after: ApplicationState,
  decision: Answered,
  { data, qualifiers }: TerminalRequest,
) {
  const authentication = qualifiers.fddaVersion01
    ? cardAuthenticationRelatedData(
        session.random(RANDOM_LENGTH),
        cardTransactionQualifiers(application, decision) ?? NO_QUALIFIERS,
      )
    : undefined;
  const objects = new Map<string, Uint8Array>();
  if (session.signingKey !== undefined) {
    const counter = after.applicationTransactionCounter;
    objects.set('9F4B', signDynamicData(session.signingKey, counter, data, authentication));
  }
  if (authentication !== undefined) objects.set('9F69', authentication);
  for (const { tag, value } of availableOfflineAmount(decision)) objects.set(tag, value);
  return {
    objects,
    lastRecord: lastRecordOf(application),
    stateAfter: withLogEntry(application, after, data),
    committed: false,
  };
}

function lastRecordOf({ data }: CardApplication) {
  const locator = fromHex(data['94'] ?? '');
  return { shortFileIdentifier: locator.at(-4)! >> 3, recordNumber: locator.at(-2)! };
}

/** 9F68 2.5: approved transactions go into the log, newest first (JR/T 0025.12-2013 7.7.19). */
function withLogEntry(application: CardApplication, after: ApplicationState, terminalData: DataMap): ApplicationState {
  const format = application.data['9F4F'];
  if (format === undefined || !riskParameters(application).processes.has('log-approved-transactions')) return after;
  const data = new Map([...terminalData, ['9F36', encodeCounter(after.applicationTransactionCounter)] as const]);
  const entry = toHex(buildDataObjectList(fromHex(format), data));
  return { ...after, log: [entry, ...after.log].slice(0, LOG_RECORDS_MAX) };
}
