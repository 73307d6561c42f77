import { z } from 'zod';
import { applicationCryptogram, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';
import { algorithmField } from './cryptogram-input.js';
import { hexField } from './fields.js';

const inputSchema = z.object({
  algorithm: algorithmField,
  key: hexField,
  data: hexField,
  padding: z.enum(['80', '00']).optional(),
});

/** `cryptogram.ac`: an application cryptogram, or all 8 bytes of another MAC of the same kind. */
export const runner: VectorRunner = (input, expect) =>
  compare(expect, { ac: toHex(applicationCryptogram(inputSchema.parse(input))) });
