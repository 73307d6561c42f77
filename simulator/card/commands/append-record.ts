import { type Command, headerOf, type Response } from '../../../emv/apdu/index.js';
import { equalBytes, fromHex, toHex } from '../../../emv/bytes.js';
import { cappMac, decryptCappRecordKey } from '../../../emv/cryptogram/index.js';
import { done, refuse, type Status } from '../answer.js';
import { withNewest } from '../capp/apply-updates.js';
import { cappFileOf, recordsOf } from '../capp/find-capp-record.js';
import { isWholeRecord } from '../capp/record-layout.js';
import type { ApplicationState, CappFile, StoredCappRecord } from '../card-file.js';
import type { CardSession } from '../card-session.js';
import { encodeCounter } from '../cryptography/encode-counter.js';

const KEY_LENGTH = 16;
const MAC_LENGTH = 4;

/** APPEND RECORD: a new record with its trade's key, under the file's opening key (JR/T 0025.14-2013 A.3). */
export function appendRecord(session: CardSession, command: Command): Response {
  const { p1, p2, data } = command;
  if (p1 !== 0 || (p2 & 0x07) !== 0) return refuse('incorrect-parameters');
  const { stage } = session;
  if (!('application' in stage)) return refuse('conditions-not-satisfied');
  if (stage.name === 'approved' && !stage.approval.committed) return refuse('conditions-not-satisfied');
  const application = session.application(stage.application);
  const state = session.applicationState(stage.application);
  if (state.blocked !== undefined) return refuse('application-barred');
  if (data === undefined || data.length <= KEY_LENGTH + MAC_LENGTH) return refuse('wrong-length');
  const file = cappFileOf(application, p2 >> 3);
  if (file === undefined) return refuse('file-not-found');
  const { cryptogramAlgorithm: algorithm } = application;
  const openingKey = fromHex(file.openingKey);
  const content = data.subarray(0, -MAC_LENGTH);
  const expected = cappMac({
    algorithm,
    key: openingKey,
    atc: encodeCounter(state.applicationTransactionCounter),
    header: headerOf(command),
    data: content,
  });
  if (!equalBytes(data.subarray(-MAC_LENGTH), expected)) return refuse('secure-messaging-incorrect');
  const bytes = content.subarray(KEY_LENGTH);
  const objection = objectionTo(bytes, file, recordsOf(state, file.shortFileIdentifier));
  if (objection !== undefined) return refuse(objection);
  const record = {
    shortFileIdentifier: file.shortFileIdentifier,
    managementKey: toHex(decryptCappRecordKey(algorithm, openingKey, content.subarray(0, KEY_LENGTH))),
    bytes: toHex(bytes),
  };
  session.keep(stage.application, { ...state, cappRecords: withRecord(state, file, record) });
  return done;
}

function objectionTo(bytes: Uint8Array, file: CappFile, records: readonly StoredCappRecord[]): Status | undefined {
  if (bytes.length > file.length) return 'wrong-data';
  if (file.kind === 'cyclic') return bytes.length === file.length ? undefined : 'wrong-data';
  if (!isWholeRecord(bytes)) return 'wrong-data';
  const taken = records.reduce((sum, record) => sum + record.bytes.length / 2, 0);
  return taken + bytes.length > file.length ? 'not-enough-memory' : undefined;
}

function withRecord(state: ApplicationState, file: CappFile, record: StoredCappRecord): StoredCappRecord[] {
  return file.kind === 'variable' ? [...state.cappRecords, record] : withNewest(state.cappRecords, file, record);
}
