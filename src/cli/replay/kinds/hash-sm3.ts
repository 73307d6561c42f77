import { z } from 'zod';
import { fromHex, sm3, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';

const inputSchema = z.object({ data: z.string() });

/** `hash.sm3`: the SM3 hash of some bytes. */
export const runner: VectorRunner = (input, expect) =>
  compare(expect, { digest: toHex(sm3(fromHex(inputSchema.parse(input).data))) });
