import type { Command, Response } from '../../../emv/apdu/index.js';
import type { CardInterface } from '../card-file.js';
import type { CardSession } from '../card-session.js';
import { externalAuthenticate } from './external-authenticate.js';
import { generateApplicationCryptogram } from './generate-application-cryptogram.js';
import { getChallenge } from './get-challenge.js';
import { getData } from './get-data.js';
import { getProcessingOptions } from './get-processing-options.js';
import { internalAuthenticate } from './internal-authenticate.js';
import { readRecord } from './read-record.js';
import { select } from './select.js';
import { verify } from './verify.js';

export interface CardCommand {
  readonly cla: number;
  readonly ins: number;
  /** Where the card knows the command; elsewhere it is 6D00. */
  readonly interfaces: readonly CardInterface[];
  readonly run: (session: CardSession, command: Command) => Response;
}

const both = ['contact', 'contactless'] as const;
const contact = ['contact'] as const;

/** The commands of a card (JR/T 0025.5-2013 annex B; over contactless JR/T 0025.12-2013 7.9). */
export const cardCommands: readonly CardCommand[] = [
  { cla: 0x00, ins: 0xa4, interfaces: both, run: select },
  { cla: 0x80, ins: 0xa8, interfaces: both, run: getProcessingOptions },
  { cla: 0x00, ins: 0xb2, interfaces: both, run: readRecord },
  { cla: 0x80, ins: 0xca, interfaces: both, run: getData },
  { cla: 0x00, ins: 0x88, interfaces: contact, run: internalAuthenticate },
  { cla: 0x00, ins: 0x20, interfaces: contact, run: verify },
  { cla: 0x80, ins: 0xae, interfaces: contact, run: generateApplicationCryptogram },
  { cla: 0x00, ins: 0x82, interfaces: contact, run: externalAuthenticate },
  { cla: 0x00, ins: 0x84, interfaces: contact, run: getChallenge },
];
