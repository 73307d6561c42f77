import { z } from 'zod';

/** The block ciphers of cards. */
export const algorithmField = z.enum(['3des', 'sm4']);

/** A DES key with the lowest bit of each byte cleared. */
export const withoutParity = (key: Uint8Array): Uint8Array => key.map((byte) => byte & 0xfe);
