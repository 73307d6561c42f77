import type { Command, Response } from '../../../emv/apdu/index.js';
import { concat, fromHex, toHex } from '../../../emv/bytes.js';
import { cappResponseMac } from '../../../emv/cryptogram/index.js';
import { answer, refuse } from '../answer.js';
import { samePlace } from '../capp/capp-transaction.js';
import { cappFileOf, findCappRecord } from '../capp/find-capp-record.js';
import type { CardSession } from '../card-session.js';
import { namedBits } from '../transaction/named-bits.js';

const FIRST = 0;
const NEXT = 1;
const IDENTIFIER_LENGTH = 2;
const CHALLENGE_LENGTH = 8;

/** READ CAPP DATA: a record of a variable file by its identifier (JR/T 0025.14-2013 A.1). */
export function readCappData(session: CardSession, { p1, p2, data }: Command): Response {
  const occurrence = p2 & 0x07;
  if (p1 !== 0 || (occurrence !== FIRST && occurrence !== NEXT)) return refuse('incorrect-parameters');
  const { stage } = session;
  if (!('application' in stage)) return refuse('conditions-not-satisfied');
  const application = session.application(stage.application);
  const state = session.applicationState(stage.application);
  if (state.blocked !== undefined) return refuse('application-barred');
  const hasResponseMac = namedBits('DF61', application.data.DF61).has('responseMac');
  if (data?.length !== IDENTIFIER_LENGTH + (hasResponseMac ? CHALLENGE_LENGTH : 0)) return refuse('wrong-length');
  const shortFileIdentifier = p2 >> 3;
  const file = cappFileOf(application, shortFileIdentifier);
  if (file === undefined) return refuse('file-not-found');
  if (file.kind === 'cyclic') return refuse('file-type-incompatible');
  const identifier = toHex(data.subarray(0, IDENTIFIER_LENGTH));
  const before = stage.name === 'selected' ? stage.lastRead : undefined;
  const isNext = occurrence === NEXT && samePlace(before, { shortFileIdentifier, identifier });
  const from = isNext ? before.index + 1 : 0;
  const found = findCappRecord(state, shortFileIdentifier, identifier, from);
  if (found === undefined) return refuse('record-not-found');
  if (stage.name === 'selected') session.stage = { ...stage, lastRead: found.place };
  const bytes = fromHex(found.record.bytes);
  if (!hasResponseMac) return answer(bytes);
  const mac = cappResponseMac({
    algorithm: application.cryptogramAlgorithm,
    key: fromHex(found.record.managementKey),
    challenge: data.subarray(IDENTIFIER_LENGTH),
    data: bytes,
  });
  return answer(concat(bytes, mac));
}
