import { z } from 'zod';
import { deriveCardKey } from '../../../../emv/index.js';
import type { VectorRunner } from '../vector.js';
import { algorithmField, compareKey } from './cryptogram-input.js';
import { hexField } from './fields.js';

const inputSchema = z.object({
  method: z.enum(['option-a', 'option-b']),
  algorithm: algorithmField,
  masterKey: hexField,
  pan: z.string(),
  psn: z.string().optional(),
});

/** `cryptogram.derive`: a card's key from its issuer's; DES keys compare without their parity bits. */
export const runner: VectorRunner = (input, expect) => {
  const checked = inputSchema.parse(input);
  return compareKey(expect, checked.algorithm, deriveCardKey(checked));
};
