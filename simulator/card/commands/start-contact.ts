import type { Response } from '../../../emv/apdu/index.js';
import { fromHex } from '../../../emv/bytes.js';
import type { ApplicationState } from '../card-file.js';
import type { CardSession } from '../card-session.js';
import type { Verification } from '../transaction/contact-transaction.js';
import { takesElectronicCash } from '../transaction/electronic-cash.js';
import { purseOf } from '../transaction/purse.js';
import type { TerminalRequest } from '../transaction/terminal-request.js';
import { answerInFormat } from './answer-in-format.js';

export interface ContactStart {
  readonly index: number;
  /** The state with the counter of this transaction. */
  readonly started: ApplicationState;
  readonly request: TerminalRequest;
  /** What the PDOL asked for, whole. */
  readonly values: Uint8Array;
  readonly verification: Verification;
}

/** GET PROCESSING OPTIONS over contact: debit/credit (JR/T 0025.5-2013 8), or electronic cash (JR/T 0025.13-2013 7.4). */
export function startContact(session: CardSession, { index, started, request, ...start }: ContactStart): Response {
  const personalized = session.application(index);
  const purse = purseOf(personalized, request.currency);
  const electronicCash = takesElectronicCash(personalized, started, request) ? purse : undefined;
  const data = { ...personalized.data, ...(electronicCash === undefined ? {} : personalized.electronicCashData) };
  session.keep(index, started);
  const profile = fromHex(data['82'] ?? '');
  session.stage = {
    name: 'initiated',
    application: index,
    verification: start.verification,
    transaction: {
      electronicCash,
      purse,
      applicationTransactionCounter: started.applicationTransactionCounter,
      applicationInterchangeProfile: profile,
      optionsData: start.values,
      terminalData: request.data,
      results: new Set(),
      scriptCommands: 0,
      issuerAuthentication: 'not-performed',
      scriptsRefused: false,
    },
  };
  const locator = fromHex(data['94'] ?? '');
  return answerInFormat(personalized, [
    { tag: '82', value: profile },
    { tag: '94', value: locator },
  ]);
}
