import { z } from 'zod';
import { keyCheckValue, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';
import { hexField } from './fields.js';

const inputSchema = z.object({ algorithm: z.enum(['3des', 'sm4', 'aes']), key: hexField });

/** `cryptogram.kcv`: the check value of a key. */
export const runner: VectorRunner = (input, expect) => {
  const { algorithm, key } = inputSchema.parse(input);
  return compare(expect, { kcv: toHex(keyCheckValue(algorithm, key)) });
};
