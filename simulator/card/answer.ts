import { encodeResponse, type Response } from '../../emv/apdu/index.js';
import definitions from './status-words.json' with { type: 'json' };

export type Status = keyof typeof definitions;

const NO_DATA = new Uint8Array(0);

const statusWords = Object.fromEntries(
  Object.entries(definitions).map(([status, word]) => [status, Number.parseInt(word, 16)]),
) as Record<Status, number>;

export function refuse(status: Status): Response {
  return { data: NO_DATA, statusWord: statusWords[status] };
}

export function answer(data: Uint8Array): Response {
  return answerWith(data, 'ok');
}

export const done: Response = refuse('ok');

/** Data with a warning. */
export function answerWith(data: Uint8Array, status: Status): Response {
  return { data, statusWord: statusWords[status] };
}

/** Whether an answer is what the terminal asked for: all there is (no Le, or 00), or no more than Le bytes. */
export function fits(data: Uint8Array, le: number | undefined): boolean {
  return le === undefined || le === 0 || data.length <= le;
}

/** 6Cxx tells a terminal that asked for too few bytes how many there are (EMV 4.3 Book 1 §9.3.1.3). */
export function encodeAnswer({ data, statusWord }: Response, le: number | undefined): Uint8Array {
  return fits(data, le) ? encodeResponse(data, statusWord) : encodeResponse(NO_DATA, 0x6c00 | data.length);
}
