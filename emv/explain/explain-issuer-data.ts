import type { Command } from '../apdu/index.js';
import { toHex } from '../bytes.js';
import parts from './data/issuer-data-parts.json';
import { explainWithContext } from './explain.js';
import { hexWithoutNumbers } from './explain-bytes.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';

const EXTERNAL_AUTHENTICATE = 0x82;
const PUT_DATA = 0xda;
const RESPONSE_CRYPTOGRAM_LENGTH = 8;
const AUTHENTICATION_LENGTH = 10;
const MAC_LENGTH = 4;

/** Bit of the class: secure messaging, which puts a MAC behind the data. */
const SECURED = 0x04;

/**
 * What an issuer sends a card: the response cryptogram with the response code that it is about, and values of PUT DATA
 * with their MAC (JR/T 0025.5-2013 15.4.3, B.10). `undefined` for other commands.
 */
export function explainIssuerData(
  { cla, ins, p1, p2 }: Command,
  data: Uint8Array,
  options: ExplainOptions,
): ExplainedObject[] | undefined {
  if (ins === EXTERNAL_AUTHENTICATE && data.length === AUTHENTICATION_LENGTH) {
    const code = { tag: '8A', value: data.subarray(RESPONSE_CRYPTOGRAM_LENGTH), offset: 0 };
    return [
      named('ARPC', data.subarray(0, RESPONSE_CRYPTOGRAM_LENGTH), options),
      ...explainWithContext([code], options),
    ];
  }
  if (ins !== PUT_DATA || (cla & SECURED) === 0 || data.length <= MAC_LENGTH) return undefined;
  const tag = toHex(p1 === 0 ? Uint8Array.of(p2) : Uint8Array.of(p1, p2));
  const value = { tag, value: data.subarray(0, -MAC_LENGTH), offset: 0 };
  return [...explainWithContext([value], options), named('MAC', data.subarray(-MAC_LENGTH), options)];
}

const named = (tag: keyof typeof parts, bytes: Uint8Array, options: ExplainOptions): ExplainedObject => ({
  tag,
  name: options.language === 'zh' ? parts[tag].nameZh : parts[tag].name,
  value: options.showPan ? toHex(bytes) : hexWithoutNumbers(bytes, options),
});
