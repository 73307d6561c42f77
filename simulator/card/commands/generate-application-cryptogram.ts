import type { Command, Response } from '../../../emv/apdu/index.js';
import { fromHex } from '../../../emv/bytes.js';
import { refuse } from '../answer.js';
import type { CardSession } from '../card-session.js';
import type { CryptogramType } from '../transaction/cryptogram-type.js';
import { splitByDataObjectList } from '../transaction/terminal-request.js';
import { generateFirst } from './generate-first.js';
import { generateSecond } from './generate-second.js';

const requested: ReadonlyMap<number, CryptogramType> = new Map([
  [0x00, 'AAC'],
  [0x40, 'TC'],
  [0x80, 'ARQC'],
]);
const TYPE_BITS = 0xc0;
/** The terminal wants the cryptogram signed (EMV 4.3 Book 3 §6.5.5.2). */
const COMBINED_AUTHENTICATION = 0x10;

/** GENERATE AC: the first in a transaction, the second after an ARQC; no third (JR/T 0025.5-2013 14 and 16). */
export function generateApplicationCryptogram(session: CardSession, command: Command): Response {
  const { p1, p2, data } = command;
  const type = requested.get(p1 & TYPE_BITS);
  if (p2 !== 0 || type === undefined || (p1 & ~(TYPE_BITS | COMBINED_AUTHENTICATION)) !== 0) {
    return refuse('incorrect-parameters');
  }
  const { stage } = session;
  if (stage.name !== 'initiated') return refuse('conditions-not-satisfied');
  const { first, second, terminalData } = stage.transaction;
  if (second !== undefined || (first !== undefined && (first.type !== 'ARQC' || type === 'ARQC'))) {
    return refuse('conditions-not-satisfied');
  }
  const list = session.application(stage.application).data[first === undefined ? '8C' : '8D'];
  const values = data ?? new Uint8Array(0);
  const said = splitByDataObjectList(fromHex(list ?? ''), values);
  if (said === undefined) return refuse('wrong-length');
  const request = {
    type,
    isSigned: (p1 & COMBINED_AUTHENTICATION) !== 0,
    values,
    said,
    terminalData: new Map([...terminalData, ...said]),
  };
  return first === undefined ? generateFirst(session, stage, request) : generateSecond(session, stage, first, request);
}
