import { type Command, instructions, tagOfParameters } from '../apdu/index.js';
import { explainWithContext } from './explain.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';
import { part } from './part.js';

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
  command: Command,
  data: Uint8Array,
  options: ExplainOptions,
): ExplainedObject[] | undefined {
  const { cla, ins } = command;
  if (ins === instructions.externalAuthenticate && data.length === AUTHENTICATION_LENGTH) {
    const code = { tag: '8A', value: data.subarray(RESPONSE_CRYPTOGRAM_LENGTH), offset: 0 };
    return [
      part('ARPC', data.subarray(0, RESPONSE_CRYPTOGRAM_LENGTH), options),
      ...explainWithContext([code], options),
    ];
  }
  if (ins !== instructions.putData || (cla & SECURED) === 0 || data.length <= MAC_LENGTH) return undefined;
  const value = { tag: tagOfParameters(command), value: data.subarray(0, -MAC_LENGTH), offset: 0 };
  return [...explainWithContext([value], options), part('MAC', data.subarray(-MAC_LENGTH), options)];
}
