import { z } from 'zod';
import { sm4, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';
import { hexField } from './fields.js';

const inputSchema = z.object({
  mode: z.enum(['ecb', 'cbc']),
  key: hexField,
  data: hexField,
  iv: hexField.optional(),
});

/** `cipher.sm4`: encryption of whole blocks. */
export const runner: VectorRunner = (input, expect) => {
  const { iv, ...checked } = inputSchema.parse(input);
  return compare(expect, { output: toHex(sm4({ ...checked, initialValue: iv })) });
};
