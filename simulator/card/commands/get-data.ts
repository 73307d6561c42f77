import type { Command, Response } from '../../../emv/apdu/index.js';
import { encodeNumeric, fromHex, toHex } from '../../../emv/bytes.js';
import { encode } from '../../../emv/tlv/index.js';
import { answer, refuse } from '../answer.js';
import type { ApplicationState, CardApplication } from '../card-file.js';
import type { CardSession, Stage } from '../card-session.js';
import { encodeCounter } from '../cryptography/encode-counter.js';
import { riskParameters } from '../transaction/counters.js';
import { selectFund } from '../transaction/funds.js';
import { type Purse, secondPurseTags, stateWithPurse, withPurse } from '../transaction/purse.js';
import readable from './readable-data.json' with { type: 'json' };

/** Values that transactions move; the others are as personalized. */
const living: Readonly<Record<string, (state: ApplicationState, application: CardApplication) => Uint8Array>> = {
  '9F13': (state) => encodeCounter(state.lastOnlineApplicationTransactionCounter),
  '9F17': (state) => Uint8Array.of(state.pinTriesLeft),
  '9F36': (state) => encodeCounter(state.applicationTransactionCounter),
  '9F79': (state) => encodeNumeric(state.balance, 6),
  DF63: (state) => encodeNumeric(state.offsetUsed, 6),
  DF79: (state) => encodeNumeric(state.secondBalance, 6),
  '9F5D': (state, application) => {
    const parameters = riskParameters(application);
    return encodeNumeric(selectFund(parameters)?.available(state, parameters) ?? 0, 6);
  },
};

/** What the card tells of itself before an application is selected. */
const BEFORE_SELECTION = '9F7F';
/** Read as the purse of the transaction under way has them (JR/T 0025.15-2013). */
const PURSE_TAGS: ReadonlySet<string> = new Set([...Object.keys(secondPurseTags), '9F5D']);

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

/**
 * GET DATA (EMV 4.3 Book 3 §6.5.7). Between an offline approval and its last record it tells the counters as the
 * approval has moved them; a new selection puts them back (JR/T 0025.12-2013 7.7.14, 7.7.19).
 */
export function getData(session: CardSession, command: Command): Response {
  if (command.data !== undefined) return refuse('wrong-length');
  const tag = toHex(Uint8Array.of(command.p1, command.p2));
  const { stage } = session;
  const index = 'application' in stage ? stage.application : undefined;
  if (index === undefined && tag !== BEFORE_SELECTION) return refuse('conditions-not-satisfied');
  const row = readable.find((one) => one.tag === tag);
  const isReadable = row?.interfaces.includes(session.interface) === true;
  const value = isReadable ? valueNow(session, index ?? 0, tag) : undefined;
  return value === undefined ? refuse('data-object-not-found') : answer(encode([{ tag, value }]));
}

function valueNow(session: CardSession, index: number, tag: string): Uint8Array | undefined {
  const purse = PURSE_TAGS.has(tag) ? purseNow(session.stage) : 'first';
  const { stage } = session;
  // The amounts of the extension take effect with the last record and not before (JR/T 0025.14-2013 5.2.7).
  const isPending = stage.name === 'approved' && stage.approval.capp === undefined;
  const state = isPending ? stage.approval.stateAfter : session.applicationState(index);
  return dataObjectOf(withPurse(session.application(index), purse), stateWithPurse(state, purse), tag);
}

function purseNow(stage: Stage): Purse {
  if (stage.name === 'approved' || stage.name === 'ended') return stage.purse;
  return stage.name === 'initiated' ? stage.transaction.purse : 'first';
}
