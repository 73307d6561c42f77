import { z } from 'zod';
import { fromHex, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { Difference, Vector } from '../vector.js';

/** The block ciphers of cards. */
export const algorithmField = z.enum(['3des', 'sm4']);

const keySchema = z.looseObject({ key: z.string().optional() });

/** A DES key with the lowest bit of each byte cleared. */
const withoutParity = (key: Uint8Array): Uint8Array => key.map((byte) => byte & 0xfe);

/** Holds a key against the one that a vector names; DES keys compare without their parity bits. */
export function compareKey(
  expected: Vector['expect'],
  algorithm: z.infer<typeof algorithmField>,
  key: Uint8Array,
): Difference[] {
  const bare = algorithm === '3des' ? withoutParity : (whole: Uint8Array) => whole;
  const { key: named, ...others } = keySchema.parse(expected);
  const wanted = named === undefined ? others : { ...others, key: toHex(bare(fromHex(named))) };
  return compare(wanted, { key: toHex(bare(key)) });
}
