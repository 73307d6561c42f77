import { z } from 'zod';
import { checksum, fromHex, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';

const inputSchema = z.object({ rid: z.string(), index: z.string(), modulus: z.string(), exponent: z.string() });

/** `keys.checksum`: the check value of a certification authority key (EMV 4.3 Book 2 §11.2.2). */
export const runner: VectorRunner = (input, expect) => {
  const { rid, index, modulus, exponent } = inputSchema.parse(input);
  return compare(expect, {
    sha1: toHex(checksum(fromHex(rid), fromHex(index), fromHex(modulus), fromHex(exponent))),
  });
};
