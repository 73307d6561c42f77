import { z } from 'zod';
import {
  decipherPinBlock,
  decodePinBlock,
  encipherPinBlock,
  encodePinBlock,
  type PinBlockReading,
  toHex,
} from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';
import { hexField } from './fields.js';

const pin = z.string();
const pan = z.string();

const writeSchema = z.discriminatedUnion('format', [
  z.object({ format: z.literal('0'), pin, pan }),
  z.object({ format: z.literal('1'), pin, random: hexField }),
  z.object({ format: z.literal('2'), pin }),
  z.object({ format: z.literal('3'), pin, pan, random: hexField }),
  z.object({ format: z.literal('4'), pin, pan, random: hexField, key: hexField }),
]);
const readSchema = z.discriminatedUnion('format', [
  z.object({ format: z.enum(['0', '3']), block: hexField, pan }),
  z.object({ format: z.enum(['1', '2']), block: hexField }),
  z.object({ format: z.literal('4'), block: hexField, pan, key: hexField }),
]);

function write(input: z.output<typeof writeSchema>): Uint8Array {
  return input.format === '4' ? encipherPinBlock(input) : encodePinBlock(input);
}

function read(input: z.output<typeof readSchema>): PinBlockReading {
  return input.format === '4' ? decipherPinBlock(input) : decodePinBlock(input);
}

/** `cryptogram.pin-block`: with `block` it is read, without it is made. */
export const runner: VectorRunner = (input, expect) =>
  compare(
    expect,
    'block' in input ? { ...read(readSchema.parse(input)) } : { block: toHex(write(writeSchema.parse(input))) },
  );
