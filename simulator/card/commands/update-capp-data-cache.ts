import { type Command, headerOf, instructions, type Response } from '../../../emv/apdu/index.js';
import { equalBytes, fromHex, toHex } from '../../../emv/bytes.js';
import { cappMac, cappResponseMac } from '../../../emv/cryptogram/index.js';
import { answer, done, refuse, type Status } from '../answer.js';
import { type CappUpdate, samePlace } from '../capp/capp-transaction.js';
import { cappFileOf, findCappRecord, recordsOf } from '../capp/find-capp-record.js';
import { identifierOf, isWholeRecord } from '../capp/record-layout.js';
import type { CardApplication, StoredCappRecord } from '../card-file.js';
import type { CardSession, Stage } from '../card-session.js';
import { encodeCounter } from '../cryptography/encode-counter.js';
import { namedBits } from '../transaction/named-bits.js';

const MAC_LENGTH = 4;
/** Commands that it may follow: GET PROCESSING OPTIONS and itself (JR/T 0025.14-2013 A.2.5). */
const PREDECESSORS: ReadonlySet<number | undefined> = new Set([
  instructions.getProcessingOptions,
  instructions.updateCappDataCache,
]);
const OK = Uint8Array.of(0x90, 0x00);

type ApprovedStage = Extract<Stage, { name: 'approved' }>;

/**
 * UPDATE CAPP DATA CACHE: takes a record's new content and writes nothing before the last record of the transaction is
 * read (JR/T 0025.14-2013 5.2.4, A.2).
 */
export function updateCappDataCache(session: CardSession, command: Command): Response {
  const { stage } = session;
  if (!('application' in stage)) return refuse('conditions-not-satisfied');
  if (cappFileOf(session.application(stage.application), command.p2 >> 3) === undefined) {
    return refuseUpdate(session, 'file-not-found');
  }
  const isOpen =
    stage.name === 'approved' && stage.approval.capp !== undefined && PREDECESSORS.has(session.previousInstruction);
  if (!isOpen) return refuse('conditions-not-satisfied');
  const checked = checkUpdate(session, stage, command);
  const { approval } = stage;
  const capp = approval.capp!;
  if (typeof checked === 'string') return refuseUpdate(session, checked);
  const updates = [...capp.updates, checked.update];
  session.stage = { ...stage, approval: { ...approval, capp: { ...capp, updates } } };
  return checked.responseMac === undefined ? done : answer(checked.responseMac);
}

/** A refused update makes the last record refuse as well, so that nobody pays for what was not written. */
function refuseUpdate(session: CardSession, status: Status): Response {
  const { stage } = session;
  if (stage.name === 'approved' && stage.approval.capp !== undefined) {
    const capp = { ...stage.approval.capp, hasFailed: true };
    session.stage = { ...stage, approval: { ...stage.approval, capp } };
  }
  return refuse(status);
}

interface CheckedUpdate {
  readonly update: CappUpdate;
  readonly responseMac: Uint8Array | undefined;
}

function checkUpdate(session: CardSession, stage: ApprovedStage, command: Command): CheckedUpdate | Status {
  const { p1, p2, data } = command;
  if (p1 !== 0 || (p2 & 0x06) !== 0) return 'incorrect-parameters';
  if (data === undefined || data.length <= MAC_LENGTH) return 'wrong-length';
  const application = session.application(stage.application);
  const content = data.subarray(0, -MAC_LENGTH);
  const found = findTarget(session, stage, p2 >> 3, toHex(content));
  if (typeof found === 'string') return found;
  const { record, place } = found;
  const length = record.bytes.length / 2;
  if (content.length !== length) return content.length < length ? 'wrong-data' : 'not-enough-memory';
  if (place.identifier !== '' && !isWholeRecord(content)) return 'wrong-data';
  const mac = data.subarray(-MAC_LENGTH);
  const counter = session.applicationState(stage.application).applicationTransactionCounter;
  const expected = cappMac({
    algorithm: application.cryptogramAlgorithm,
    key: fromHex(record.managementKey),
    atc: encodeCounter(counter),
    header: headerOf(command),
    data: content,
  });
  if (!equalBytes(mac, expected)) return 'secure-messaging-incorrect';
  return { update: { place, bytes: toHex(content) }, responseMac: responseMac(application, record, mac) };
}

/** In a cyclic file the newest record; in a variable one the record that was read, or the first of that identifier. */
function findTarget(session: CardSession, stage: ApprovedStage, shortFileIdentifier: number, content: string) {
  const file = cappFileOf(session.application(stage.application), shortFileIdentifier);
  const state = session.applicationState(stage.application);
  if (file?.kind === 'cyclic') {
    const [record] = recordsOf(state, shortFileIdentifier);
    return record === undefined
      ? 'record-not-found'
      : { record, place: { shortFileIdentifier, identifier: '', index: 0 } };
  }
  const identifier = identifierOf(content);
  const { lastRead } = stage.approval.capp!;
  const from = samePlace(lastRead, { shortFileIdentifier, identifier }) ? lastRead.index : 0;
  return findCappRecord(state, shortFileIdentifier, identifier, from) ?? 'record-not-found';
}

function responseMac(application: CardApplication, record: StoredCappRecord, mac: Uint8Array): Uint8Array | undefined {
  if (!namedBits('DF61', application.data.DF61).has('responseMac')) return undefined;
  const { cryptogramAlgorithm: algorithm } = application;
  return cappResponseMac({ algorithm, key: fromHex(record.managementKey), challenge: mac, data: OK });
}
