import { randomBytes } from 'node:crypto';
import {
  decipherPinBlock,
  decodePinBlock,
  decryptBlocks,
  encipherPinBlock,
  encodePinBlock,
  encryptBlocks,
  type PinBlockInput,
  type PinBlockReading,
} from '../../../emv/index.js';
import { readHex, readHexIfGiven, required } from './read-hex.js';

interface Given {
  readonly format: PinBlockInput['format'] | '4';
  readonly pan?: string;
  readonly key?: string;
}

/** A block of the wanted format, under the key where there is one. */
export function makePinBlock(pin: string, { format, ...given }: Given): Uint8Array {
  if (format === '4') return encipherPinBlock({ pin, random: randomBytes(8), ...format4(given) });
  const random = randomBytes(14);
  const block = encodePinBlock(
    format === '0' || format === '3'
      ? { format, pin, pan: required('--pan', given.pan), random }
      : { format, pin, random },
  );
  const key = readHexIfGiven('--key', given.key);
  return key === undefined ? block : encryptBlocks('3des', key, block);
}

/** The PIN in a block, or why it is none. */
export function readPinBlock(text: string, { format, ...given }: Given): PinBlockReading {
  const received = readHex('--block', text);
  if (format === '4') return decipherPinBlock({ block: received, ...format4(given) });
  const key = readHexIfGiven('--key', given.key);
  const block = key === undefined ? received : decryptBlocks('3des', key, received);
  if (format === '1' || format === '2') return decodePinBlock({ format, block });
  return decodePinBlock({ format, block, pan: required('--pan', given.pan) });
}

const format4 = (given: Omit<Given, 'format'>) => ({
  key: readHex('--key', required('--key', given.key)),
  pan: required('--pan', given.pan),
});
