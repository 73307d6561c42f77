import { z } from 'zod';
import { deriveSessionKey } from '../../../../emv/index.js';
import type { VectorRunner } from '../vector.js';
import { algorithmField, compareKey } from './cryptogram-input.js';
import { hexField } from './fields.js';

const inputSchema = z.object({
  method: z.enum(['common', 'pboc', 'visa', 'mastercard']),
  algorithm: algorithmField,
  key: hexField,
  atc: hexField,
  unpredictableNumber: hexField.optional(),
});

/** `cryptogram.session`: the key of one transaction; DES keys compare without their parity bits. */
export const runner: VectorRunner = (input, expect) => {
  const checked = inputSchema.parse(input);
  return compareKey(expect, checked.algorithm, deriveSessionKey(checked));
};
