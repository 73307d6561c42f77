import type { Command, Response } from '../../../emv/apdu/index.js';
import { fromHex } from '../../../emv/bytes.js';
import { onceFor } from '../../../emv/once-for.js';
import { encode } from '../../../emv/tlv/index.js';
import { answer, fits, refuse, type Status } from '../answer.js';
import { applyUpdates } from '../capp/apply-updates.js';
import { type CappTransaction, samePlace } from '../capp/capp-transaction.js';
import { cappFileOf, recordsOf } from '../capp/find-capp-record.js';
import type { CappFile, CardRecord } from '../card-file.js';
import type { CardSession, Stage } from '../card-session.js';
import { bytesOf } from '../personalized.js';
import { readDirectory } from './payment-system-environment.js';
import { logNamed, readLog } from './read-log.js';

/** P2 names a file by its short identifier in bits 8-4 and a record by its number (EMV 4.3 Book 3 §6.5.11). */
const RECORD_BY_NUMBER = 0x04;

/**
 * READ RECORD. Just before the last record of an offline approval is answered, the approval is kept: the purse is
 * debited and the log written, both or none of it (JR/T 0025.12-2013 7.7.19). Reading it again changes nothing.
 */
export function readRecord(session: CardSession, command: Command): Response {
  const { p1, p2, data } = command;
  if (data !== undefined) return refuse('wrong-length');
  if ((p2 & 0x07) !== RECORD_BY_NUMBER) return refuse('incorrect-parameters');
  const { stage } = session;
  if (stage.name === 'idle' || stage.name === 'transport') return refuse('conditions-not-satisfied');
  const shortFileIdentifier = p2 >> 3;
  if (stage.name === 'directory') {
    return p1 === 0 ? refuse('incorrect-parameters') : readDirectory(session, shortFileIdentifier, p1);
  }
  const application = session.application(stage.application);
  const log = logNamed(shortFileIdentifier, application);
  if (p1 === 0 && log !== 'loadLog') return refuse('incorrect-parameters');
  if (log !== undefined) return readLog(application, session.applicationState(stage.application), log, p1);
  const { records, data: objects } = application;
  const cappFile = cappFileOf(application, shortFileIdentifier);
  if (cappFile !== undefined) return readCappFile(session, cappFile, p1);
  const file = records.filter((record) => record.shortFileIdentifier === shortFileIdentifier);
  if (file.length === 0) return refuse('file-not-found');
  const record = file.find(({ recordNumber }) => recordNumber === p1);
  if (record === undefined) return refuse('record-not-found');
  if (record.bytes === undefined && stage.name !== 'approved') return refuse('conditions-not-satisfied');
  const bytes = record.bytes === undefined ? assemble(record.objects ?? [], objects, stage) : personalizedBytes(record);
  const objection = fits(bytes, command.le) ? commitIfLast(session, stage, record) : undefined;
  return objection === undefined ? answer(bytes) : refuse(objection);
}

/** READ RECORD in a CAPP file: of a cyclic one, newest first; a variable one is read by identifier only. */
function readCappFile(session: CardSession, file: CappFile, recordNumber: number): Response {
  if (file.kind === 'variable') return refuse('file-type-incompatible');
  const { shortFileIdentifier } = file;
  const { stage } = session;
  if (!('application' in stage)) return refuse('conditions-not-satisfied');
  const record = recordsOf(session.applicationState(stage.application), shortFileIdentifier)[recordNumber - 1];
  if (record === undefined) return refuse('record-not-found');
  if (stage.name === 'selected') {
    session.stage = { ...stage, lastRead: { shortFileIdentifier, identifier: '', index: recordNumber - 1 } };
  }
  return answer(fromHex(record.bytes));
}

/** A record that stands as it was personalized, made of its hex once: to be read only. */
const personalizedBytes = onceFor(({ bytes = '' }: CardRecord) => fromHex(bytes));

function assemble(tags: readonly string[], objects: Readonly<Record<string, string>>, stage: Stage): Uint8Array {
  const ofTransaction = stage.name === 'approved' ? stage.approval.objects : new Map<string, Uint8Array>();
  const children: { tag: string; value: Uint8Array }[] = [];
  for (const tag of tags) {
    const value = ofTransaction.get(tag) ?? bytesOf(objects, tag);
    if (value !== undefined) children.push({ tag, value });
  }
  return encode([{ tag: '70', children }]);
}

/** Keeps the approval where this record is its last; or says why it cannot (JR/T 0025.14-2013 5.2.7, 6.2.7). */
function commitIfLast(session: CardSession, stage: Stage, record: CardRecord): Status | undefined {
  if (stage.name !== 'approved' || stage.approval.committed) return undefined;
  const { application, approval } = stage;
  const { shortFileIdentifier, recordNumber } = approval.lastRecord;
  if (record.shortFileIdentifier !== shortFileIdentifier || record.recordNumber !== recordNumber) return undefined;
  const { capp, stateAfter } = approval;
  const objection = capp === undefined ? undefined : objectionTo(capp);
  if (objection !== undefined) return objection;
  const { cappFiles } = session.application(application);
  const after =
    capp === undefined
      ? stateAfter
      : { ...stateAfter, cappRecords: [...applyUpdates(stateAfter.cappRecords, cappFiles, capp.updates)] };
  session.keep(application, after);
  session.stage = { ...stage, approval: { ...approval, stateAfter: after, committed: true } };
  return undefined;
}

function objectionTo({ indicator, lastRead, updates, hasFailed, exceedsOffset }: CappTransaction): Status | undefined {
  const isWanted = indicator !== 'segment-deduction';
  const hitsLastRead = updates.some(({ place }) => samePlace(lastRead, place));
  if (hasFailed || (isWanted && !hitsLastRead)) return 'record-not-updated';
  return exceedsOffset ? 'conditions-not-satisfied' : undefined;
}
