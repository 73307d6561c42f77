import { z } from 'zod';
import { deriveCardKey, fromHex, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';
import { algorithmField, withoutParity } from './cryptogram-input.js';
import { hexField } from './fields.js';

const inputSchema = z.object({
  method: z.enum(['option-a', 'option-b']),
  algorithm: algorithmField,
  masterKey: hexField,
  pan: z.string(),
  psn: z.string().optional(),
});
const expectSchema = z.object({ key: z.string() });

/** `cryptogram.derive`: a card's key from its issuer's; DES keys compare without their parity bits. */
export const runner: VectorRunner = (input, expect) => {
  const checked = inputSchema.parse(input);
  const expected = fromHex(expectSchema.parse(expect).key);
  const bare = checked.algorithm === '3des' ? withoutParity : (key: Uint8Array) => key;
  return compare({ key: toHex(bare(expected)) }, { key: toHex(bare(deriveCardKey(checked))) });
};
