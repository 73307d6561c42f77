import type { Command, Response } from '../../../emv/apdu/index.js';
import { encodeNumeric, fromHex } from '../../../emv/bytes.js';
import { encode } from '../../../emv/tlv/index.js';
import { answer, refuse } from '../answer.js';
import type { ApplicationState, CardApplication } from '../card-file.js';
import type { CardSession } from '../card-session.js';
import { encodeCounter } from '../cryptography/application-cryptogram.js';
import { riskParameters } from '../transaction/counters.js';
import { selectFund } from '../transaction/funds.js';
import readable from './readable-data.json' with { type: 'json' };

/** Values that transactions move; the others are as personalized. */
const living: Readonly<Record<string, (state: ApplicationState, application: CardApplication) => Uint8Array>> = {
  '9F13': (state) => encodeCounter(state.lastOnlineApplicationTransactionCounter),
  '9F17': (state) => Uint8Array.of(state.pinTriesLeft),
  '9F36': (state) => encodeCounter(state.applicationTransactionCounter),
  '9F79': (state) => encodeNumeric(state.balance, 6),
  '9F5D': (state, application) => {
    const parameters = riskParameters(application);
    return encodeNumeric(selectFund(parameters)?.available(state, parameters) ?? 0, 6);
  },
};

/**
 * The value that GET DATA gives, `undefined` where the card gives none (JR/T 0025.5-2013 B.7 and B.10,
 * JR/T 0025.12-2013 C.1).
 */
export function dataObjectOf(
  application: CardApplication,
  state: ApplicationState,
  tag: string,
): Uint8Array | undefined {
  const personalized = application.data[tag];
  if (personalized === undefined) return undefined;
  return living[tag]?.(state, application) ?? fromHex(personalized);
}

/** GET DATA (EMV 4.3 Book 3 §6.5.7). Before the last record of a transaction is read, it tells the values before it. */
export function getData(session: CardSession, command: Command): Response {
  if (command.data !== undefined) return refuse('wrong-length');
  const { stage } = session;
  if (stage.name === 'idle') return refuse('conditions-not-satisfied');
  const tag = ((command.p1 << 8) | command.p2).toString(16).toUpperCase().padStart(4, '0');
  const value = readable.includes(tag)
    ? dataObjectOf(session.application(stage.application), session.applicationState(stage.application), tag)
    : undefined;
  return value === undefined ? refuse('data-object-not-found') : answer(encode([{ tag, value }]));
}
