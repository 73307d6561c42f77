import { z } from 'zod';
import { applicationCryptogram, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';
import { inputFields } from './cryptogram-input.js';

const inputSchema = z.object({
  algorithm: inputFields.algorithm,
  key: inputFields.bytes,
  data: inputFields.bytes,
  padding: z.enum(['80', '00']).optional(),
});

/** `cryptogram.ac`: an application cryptogram, or all 8 bytes of another MAC of the same kind. */
export const runner: VectorRunner = (input, expect) =>
  compare(expect, { ac: toHex(applicationCryptogram(inputSchema.parse(input))) });
