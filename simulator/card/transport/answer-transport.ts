import { type Command, instructions, type Response } from '../../../emv/apdu/index.js';
import { concat, equalBytes, fromHex } from '../../../emv/bytes.js';
import { encode } from '../../../emv/tlv/index.js';
import { answer, refuse } from '../answer.js';
import type { CardSession } from '../card-session.js';
import type { TransportApplication } from './transport-application.js';

const NAME_LENGTH_MIN = 5;
const BY_NAME = 0x04;
/** P1 of READ BINARY with a short file identifier (ISO/IEC 7816-4 11.2.2). */
const BY_SHORT_IDENTIFIER = 0x80;
/** P2 of READ RECORD: this record of the file in the upper five bits. */
const BY_NUMBER = 0x04;
/** P2 of GET BALANCE: the electronic purse. */
const PURSE = 0x02;

/**
 * What the transport application answers: to its selection, and to every command but another selection from then on.
 * `undefined` leaves the command to the bank's applications.
 */
export function answerTransport(session: CardSession, command: Command): Response | undefined {
  const { transport } = session.file;
  if (transport === undefined || session.isBlocked) return undefined;
  if (command.ins === instructions.select) {
    return command.cla === 0x00 ? selectTransport(session, transport, command) : undefined;
  }
  if (session.stage.name !== 'transport') return undefined;
  const known = transportCommands.find(({ cla, ins }) => cla === command.cla && ins === command.ins);
  return known === undefined ? refuse('instruction-not-supported') : known.run(transport, command);
}

function selectTransport(
  session: CardSession,
  { applicationIdentifier, proprietaryInformation }: TransportApplication,
  { p1, data = new Uint8Array(0) }: Command,
): Response | undefined {
  const name = fromHex(applicationIdentifier);
  const isMeant = p1 === BY_NAME && data.length >= NAME_LENGTH_MIN && equalBytes(name.subarray(0, data.length), data);
  if (!isMeant) return undefined;
  session.stage = { name: 'transport' };
  const proprietary = concat(encode([{ tag: '84', value: name }]), fromHex(proprietaryInformation));
  return answer(encode([{ tag: '6F', value: proprietary }]));
}

const transportCommands: readonly {
  readonly cla: number;
  readonly ins: number;
  readonly run: (application: TransportApplication, command: Command) => Response;
}[] = [
  { cla: 0x00, ins: instructions.readBinary, run: readBinary },
  { cla: 0x00, ins: instructions.readRecord, run: readRecord },
  { cla: 0x80, ins: instructions.getBalance, run: getBalance },
];

/** As many bytes as are asked for, or all that are left where that is fewer or none. */
function readBinary({ files }: TransportApplication, { p1, p2, le }: Command): Response {
  if ((p1 & BY_SHORT_IDENTIFIER) === 0) return refuse('incorrect-parameters');
  const content = files.find((file) => file.shortFileIdentifier === (p1 & 0x1f))?.bytes;
  if (content === undefined) return refuse('file-not-found');
  const left = fromHex(content).subarray(p2);
  return left.length === 0 ? refuse('wrong-offset') : answer(left.subarray(0, le || left.length));
}

function readRecord({ files }: TransportApplication, { p1, p2 }: Command): Response {
  if ((p2 & 0x07) !== BY_NUMBER || p1 === 0) return refuse('incorrect-parameters');
  const records = files.find((file) => file.shortFileIdentifier === p2 >> 3)?.records;
  if (records === undefined) return refuse('file-not-found');
  const record = records[p1 - 1];
  return record === undefined ? refuse('record-not-found') : answer(fromHex(record));
}

/** P1 0: the balance, 1: what was taken beyond it; four bytes. */
function getBalance({ balance, overdraft }: TransportApplication, { p1, p2 }: Command): Response {
  if (p2 !== PURSE || p1 > 1) return refuse('incorrect-parameters');
  const amount = new Uint8Array(4);
  new DataView(amount.buffer).setUint32(0, p1 === 0 ? balance : overdraft);
  return answer(amount);
}
