import { z } from 'zod';
import { arpc, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';
import { algorithmField } from './cryptogram-input.js';
import { hexField } from './fields.js';

const common = { algorithm: algorithmField.optional(), key: hexField, arqc: hexField };
const inputSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('1'), ...common, arc: hexField }),
  z.object({ method: z.literal('2'), ...common, csu: hexField, proprietary: hexField.optional() }),
]);

/** `cryptogram.arpc`: the issuer's answer to a cryptogram, by either method. */
export const runner: VectorRunner = (input, expect) => compare(expect, { arpc: toHex(arpc(inputSchema.parse(input))) });
