import { type DataMap, decode, decodeNumeric, encodeNumeric, flatten, fromHex } from '../../../../emv/index.js';
import { invalidField } from './to-problem.js';

export interface Message {
  readonly field55?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly pan?: string;
  readonly panSequenceNumber?: string;
  readonly amountFen?: number;
}

const AMOUNT_LENGTH = 6;

/** The data objects of a message, from wherever it has them. Throws Problem, and `TlvError` for a field 55 that is none. */
export function messageData({ field55, data = {}, pan, panSequenceNumber, amountFen }: Message): DataMap {
  const objects = new Map<string, Uint8Array>([
    ...(field55 === undefined ? [] : flatten(decode(fromHex(field55)))),
    ...Object.entries(data).map(([tag, value]) => [tag, fromHex(value)] as const),
  ]);
  if (pan !== undefined && !objects.has('5A')) objects.set('5A', fromHex(pan.length % 2 === 0 ? pan : `${pan}F`));
  if (panSequenceNumber !== undefined && !objects.has('5F34')) objects.set('5F34', fromHex(panSequenceNumber));
  if (amountFen === undefined) return objects;
  const told = objects.get('9F02');
  if (told === undefined) objects.set('9F02', encodeNumeric(amountFen, AMOUNT_LENGTH));
  else if (decodeNumeric(told) !== amountFen) throw invalidField('/amountFen', 'differs', 'not the amount of 9F02');
  return objects;
}
