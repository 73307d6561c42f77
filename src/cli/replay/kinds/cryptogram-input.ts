import { z } from 'zod';
import { fromHex } from '../../../../emv/index.js';

/** Fields that the `cryptogram.*` vectors share. */
export const inputFields = {
  bytes: z.string().transform((text) => fromHex(text)),
  algorithm: z.enum(['3des', 'sm4']),
};

/** A DES key with the lowest bit of each byte cleared. */
export const withoutParity = (key: Uint8Array): Uint8Array => key.map((byte) => byte & 0xfe);
