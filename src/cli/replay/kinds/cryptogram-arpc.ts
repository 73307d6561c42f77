import { z } from 'zod';
import { arpc, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';
import { inputFields } from './cryptogram-input.js';

const common = { algorithm: inputFields.algorithm.optional(), key: inputFields.bytes, arqc: inputFields.bytes };
const inputSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('1'), ...common, arc: inputFields.bytes }),
  z.object({ method: z.literal('2'), ...common, csu: inputFields.bytes, proprietary: inputFields.bytes.optional() }),
]);

/** `cryptogram.arpc`: the issuer's answer to a cryptogram, by either method. */
export const runner: VectorRunner = (input, expect) => compare(expect, { arpc: toHex(arpc(inputSchema.parse(input))) });
