import type { Command, Response } from '../../../emv/apdu/index.js';
import { refuse } from '../answer.js';
import type { CardSession } from '../card-session.js';
import { bytesOf } from '../personalized.js';
import { chooseAlgorithm } from '../transaction/choose-algorithm.js';
import { readTerminalRequest, splitByDataObjectList } from '../transaction/terminal-request.js';
import { startContact } from './start-contact.js';
import { startQpboc } from './start-qpboc.js';

/** Template of what the PDOL asked for (EMV 4.3 Book 3 §6.5.8.2). */
const COMMAND_TEMPLATE = 0x83;
const COUNTER_EXHAUSTED = 0xffff;
const NOTHING = new Uint8Array(0);

/**
 * GET PROCESSING OPTIONS. The application transaction counter is kept before anything is answered, so that none is
 * ever used twice; Le has to be 00, for an answer cut short could not be asked for again. Over contactless it ends in
 * TC, ARQC or AAC (JR/T 0025.12-2013 7.4 to 7.7), over contact in profile and file locator.
 */
export function getProcessingOptions(session: CardSession, command: Command): Response {
  if (command.p1 !== 0 || command.p2 !== 0) return refuse('incorrect-parameters');
  if (command.le !== undefined && command.le !== 0) return refuse('wrong-length');
  const { stage } = session;
  if (stage.name !== 'selected') return refuse('conditions-not-satisfied');
  const index = stage.application;
  const values = templateValue(command.data);
  if (values === undefined) return refuse(command.data === undefined ? 'wrong-length' : 'wrong-data');
  const list = bytesOf(session.application(index).data, '9F38') ?? NOTHING;
  const terminalData = splitByDataObjectList(list, values);
  if (terminalData === undefined) return refuse('wrong-length');
  const request = readTerminalRequest(terminalData);
  if (request === undefined) return refuse('wrong-data');
  const before = session.applicationState(index);
  session.stage = { name: 'ended', application: index, purse: 'first' };
  if (before.applicationTransactionCounter === COUNTER_EXHAUSTED) return refuse('conditions-not-satisfied');
  const started = { ...before, applicationTransactionCounter: before.applicationTransactionCounter + 1 };
  const algorithm = chooseAlgorithm(session.file.applications[index]!, session.interface, terminalData.get('DF69'));
  session.algorithm = algorithm;
  if (algorithm === undefined) {
    session.keep(index, started);
    return refuse('conditions-not-satisfied');
  }
  return session.interface === 'contact'
    ? startContact(session, { index, started, request, values, verification: stage.verification })
    : startQpboc(session, { index, started, request, lastRead: stage.lastRead });
}

function templateValue(data: Uint8Array | undefined): Uint8Array | undefined {
  if (data === undefined || data[0] !== COMMAND_TEMPLATE) return undefined;
  const long = data[1] === 0x81;
  const length = data[long ? 2 : 1];
  const value = data.subarray(long ? 3 : 2);
  return length === value.length && (long || length < 0x80) ? value : undefined;
}
