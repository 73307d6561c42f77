import { z } from 'zod';
import { sm3, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';
import { hexField } from './fields.js';

const inputSchema = z.object({ data: hexField });

/** `hash.sm3`: the SM3 hash of some bytes. */
export const runner: VectorRunner = (input, expect) =>
  compare(expect, { digest: toHex(sm3(inputSchema.parse(input).data)) });
