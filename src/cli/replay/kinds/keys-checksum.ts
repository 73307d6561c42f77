import { z } from 'zod';
import { checksum, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';
import { hexField } from './fields.js';

const inputSchema = z.object({ rid: hexField, index: hexField, modulus: hexField, exponent: hexField });

/** `keys.checksum`: the check value of a certification authority key (EMV 4.3 Book 2 §11.2.2). */
export const runner: VectorRunner = (input, expect) => {
  const { rid, index, modulus, exponent } = inputSchema.parse(input);
  return compare(expect, {
    sha1: toHex(checksum(rid, index, modulus, exponent)),
  });
};
