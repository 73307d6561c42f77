import { z } from 'zod';
import { createSm2PublicKey } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';
import { hexField } from './fields.js';

const inputSchema = z.object({
  publicKey: hexField,
  id: hexField,
  data: hexField,
  signature: hexField,
});

/** `signature.sm2`: whether a signature holds; a key that is none verifies nothing. */
export const runner: VectorRunner = (input, expect) => {
  const { publicKey, id, data, signature } = inputSchema.parse(input);
  return compare(expect, { ok: createSm2PublicKey(publicKey)?.verify(data, signature, id) ?? false });
};
