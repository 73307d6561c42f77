import { z } from 'zod';
import { deriveSessionKey, fromHex, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';
import { algorithmField, withoutParity } from './cryptogram-input.js';
import { hexField } from './fields.js';

const inputSchema = z.object({
  method: z.enum(['common', 'pboc', 'visa', 'mastercard']),
  algorithm: algorithmField,
  key: hexField,
  atc: hexField,
  unpredictableNumber: hexField.optional(),
});
const expectSchema = z.object({ key: z.string() });

/** `cryptogram.session`: the key of one transaction; DES keys compare without their parity bits. */
export const runner: VectorRunner = (input, expect) => {
  const checked = inputSchema.parse(input);
  const expected = fromHex(expectSchema.parse(expect).key);
  const bare = checked.algorithm === '3des' ? withoutParity : (key: Uint8Array) => key;
  return compare({ key: toHex(bare(expected)) }, { key: toHex(bare(deriveSessionKey(checked))) });
};
