import type { Command, Response } from '../../../emv/apdu/index.js';
import { fromHex } from '../../../emv/bytes.js';
import { encode } from '../../../emv/tlv/index.js';
import { answer, fits, refuse } from '../answer.js';
import type { CardRecord } from '../card-file.js';
import type { CardSession, Stage } from '../card-session.js';
import { readDirectory } from './payment-system-environment.js';

/** P2 names a file by its short identifier in bits 8-4 and a record by its number (EMV 4.3 Book 3 §6.5.11). */
const RECORD_BY_NUMBER = 0x04;

/**
 * READ RECORD. Just before the last record of an offline approval is answered, the approval is kept: the purse is
 * debited and the log written, both or none of it (JR/T 0025.12-2013 7.7.19). Reading it again changes nothing.
 */
export function readRecord(session: CardSession, command: Command): Response {
  const { p1, p2, data } = command;
  if (data !== undefined) return refuse('wrong-length');
  if (p1 === 0 || (p2 & 0x07) !== RECORD_BY_NUMBER) return refuse('incorrect-parameters');
  const { stage } = session;
  if (stage.name === 'idle') return refuse('conditions-not-satisfied');
  const shortFileIdentifier = p2 >> 3;
  if (stage.name === 'directory') return readDirectory(session, shortFileIdentifier, p1);
  const { records, data: objects } = session.application(stage.application);
  if (shortFileIdentifier === logFile(objects['9F4D'])) {
    const entry = session.applicationState(stage.application).log[p1 - 1];
    return entry === undefined ? refuse('record-not-found') : answer(fromHex(entry));
  }
  const file = records.filter((record) => record.shortFileIdentifier === shortFileIdentifier);
  if (file.length === 0) return refuse('file-not-found');
  const record = file.find(({ recordNumber }) => recordNumber === p1);
  if (record === undefined) return refuse('record-not-found');
  if (record.bytes === undefined && stage.name !== 'approved') return refuse('conditions-not-satisfied');
  const bytes = record.bytes === undefined ? assemble(record.objects ?? [], objects, stage) : fromHex(record.bytes);
  if (fits(bytes, command.le)) commitIfLast(session, stage, record);
  return answer(bytes);
}

function logFile(logEntry: string | undefined): number | undefined {
  return logEntry === undefined ? undefined : fromHex(logEntry)[0];
}

function assemble(tags: readonly string[], objects: Readonly<Record<string, string>>, stage: Stage): Uint8Array {
  const ofTransaction = stage.name === 'approved' ? stage.approval.objects : new Map<string, Uint8Array>();
  const children = tags.flatMap((tag) => {
    const own = objects[tag];
    const value = ofTransaction.get(tag) ?? (own === undefined ? undefined : fromHex(own));
    return value === undefined ? [] : [{ tag, value }];
  });
  return encode([{ tag: '70', children }]);
}

function commitIfLast(session: CardSession, stage: Stage, record: CardRecord): void {
  if (stage.name !== 'approved' || stage.approval.committed) return;
  const { application, purse, approval } = stage;
  const { shortFileIdentifier, recordNumber } = approval.lastRecord;
  if (record.shortFileIdentifier !== shortFileIdentifier || record.recordNumber !== recordNumber) return;
  session.keep(application, approval.stateAfter);
  session.stage = { name: 'approved', application, purse, approval: { ...approval, committed: true } };
}
