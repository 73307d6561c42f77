import { type Command, decodeResponse, encodeCommand, type Response } from '../apdu/index.js';
import { proceed, type Step, terminate } from './transaction-outcome.js';

/** What a contactless transaction sends. */
export type KernelCommandName =
  | 'select-ppse'
  | 'select-application'
  | 'get-data'
  | 'get-processing-options'
  | 'read-record'
  | 'read-capp-data'
  | 'update-capp-data-cache'
  | 'get-trans-prove';

/** What a contact transaction sends. */
export type ContactCommandName =
  | Exclude<KernelCommandName, 'select-ppse' | 'read-capp-data' | 'update-capp-data-cache' | 'get-trans-prove'>
  | 'select-pse'
  | 'read-directory'
  | 'internal-authenticate'
  | 'get-challenge'
  | 'verify'
  | 'generate-ac'
  | 'external-authenticate'
  | 'issuer-script';

/** A command that the kernel wants sent to the card. */
export interface KernelCommand<Name extends string = KernelCommandName> {
  readonly name: Name;
  readonly command: Uint8Array;
}

/** What came of it: the answer with its status word, or that the card is no longer there. */
export type CardAnswer =
  | { readonly kind: 'response'; readonly response: Uint8Array }
  | { readonly kind: 'no-response' };

/** A part of a transaction that talks to the card: it yields commands and is resumed with their answers. */
export type Exchange<T> = Generator<KernelCommand, T, CardAnswer>;

const STATUS_WORD_LENGTH = 2;
/** Le 00 of a short command asks for 256 bytes at most, so that no directory or record can grow without bound. */
const RESPONSE_LENGTH_MAX = 256 + STATUS_WORD_LENGTH;

/** One command and its answer; a card that has left ends the transaction. */
export function* exchange(name: KernelCommandName, command: Command): Exchange<Step<Response>> {
  return readAnswer(yield { name, command: encodeCommand(command) });
}

export function readAnswer(answer: CardAnswer): Step<Response> {
  if (answer.kind === 'no-response') return terminate('card-removed');
  const { length } = answer.response;
  if (length < STATUS_WORD_LENGTH || length > RESPONSE_LENGTH_MAX) return terminate('answer-invalid');
  return proceed(decodeResponse(answer.response));
}
