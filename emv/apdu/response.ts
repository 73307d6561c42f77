import { zeros } from '../bytes.js';
import { ApduError } from './apdu-error.js';

/** What a card answers: data (a view) and the status word, 0x9000 when all went well. */
export interface Response {
  readonly data: Uint8Array;
  readonly statusWord: number;
}

/** Splits an answer into data and status word (ISO 7816-4 §5.1). Throws {@link ApduError} below two bytes. */
export function decodeResponse(bytes: Uint8Array): Response {
  if (bytes.length < 2) throw new ApduError('response-too-short', bytes.length);
  const end = bytes.length - 2;
  return { data: bytes.subarray(0, end), statusWord: (bytes[end]! << 8) | bytes[end + 1]! };
}

/** Data and, behind them, the status word. */
export function encodeResponse(data: Uint8Array, statusWord: number): Uint8Array {
  const bytes = zeros(data.length + 2);
  bytes.set(data);
  bytes[data.length] = statusWord >> 8;
  bytes[data.length + 1] = statusWord & 0xff;
  return bytes;
}
