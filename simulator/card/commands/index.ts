import { type Command, instructions, type Response } from '../../../emv/apdu/index.js';
import type { CardInterface } from '../card-file.js';
import type { CardSession } from '../card-session.js';
import { appendRecord } from './append-record.js';
import { externalAuthenticate } from './external-authenticate.js';
import { generateApplicationCryptogram } from './generate-application-cryptogram.js';
import { getChallenge } from './get-challenge.js';
import { getData } from './get-data.js';
import { getProcessingOptions } from './get-processing-options.js';
import { getTransactionProof } from './get-transaction-proof.js';
import { internalAuthenticate } from './internal-authenticate.js';
import { readCappData } from './read-capp-data.js';
import { readRecord } from './read-record.js';
import { runScript } from './scripts/run-script.js';
import { scriptCommands } from './scripts/script-commands.js';
import { select } from './select.js';
import { updateCappDataCache } from './update-capp-data-cache.js';
import { verify } from './verify.js';

export interface CardCommand {
  readonly cla: number;
  readonly ins: number;
  /** Where the card knows the command; elsewhere it is 6D00. */
  readonly interfaces: readonly CardInterface[];
  /** Known while the directory over contact (PSE) is selected, which is an application of its own. */
  readonly inDirectory?: true;
  readonly run: (session: CardSession, command: Command) => Response;
}

const both = ['contact', 'contactless'] as const;
const contact = ['contact'] as const;
const contactless = ['contactless'] as const;

/** The commands of a card (JR/T 0025.5-2013 annex B; over contactless JR/T 0025.12-2013 7.9, JR/T 0025.14-2013 annex A). */
export const cardCommands: readonly CardCommand[] = [
  { cla: 0x00, ins: instructions.select, interfaces: both, inDirectory: true, run: select },
  { cla: 0x80, ins: instructions.getProcessingOptions, interfaces: both, run: getProcessingOptions },
  { cla: 0x00, ins: instructions.readRecord, interfaces: both, inDirectory: true, run: readRecord },
  { cla: 0x80, ins: instructions.getData, interfaces: both, inDirectory: true, run: getData },
  { cla: 0x00, ins: instructions.internalAuthenticate, interfaces: contact, run: internalAuthenticate },
  { cla: 0x00, ins: instructions.verify, interfaces: contact, run: verify },
  { cla: 0x80, ins: instructions.generateCryptogram, interfaces: contact, run: generateApplicationCryptogram },
  { cla: 0x00, ins: instructions.externalAuthenticate, interfaces: contact, run: externalAuthenticate },
  { cla: 0x00, ins: instructions.getChallenge, interfaces: contact, run: getChallenge },
  { cla: 0x80, ins: instructions.readCappData, interfaces: contactless, run: readCappData },
  { cla: 0x84, ins: instructions.updateCappDataCache, interfaces: contactless, run: updateCappDataCache },
  { cla: 0x80, ins: instructions.getTransProve, interfaces: contactless, run: getTransactionProof },
  { cla: 0x04, ins: instructions.appendRecord, interfaces: both, run: appendRecord },
  ...scriptCommands.map((script) => ({
    cla: script.cla,
    ins: script.ins,
    interfaces: contact,
    run: (session: CardSession, command: Command) => runScript(session, command, script),
  })),
];
