import { z } from 'zod';
import { encryptScriptData, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';
import { algorithmField } from './cryptogram-input.js';
import { hexField } from './fields.js';

const inputSchema = z.object({
  method: z.enum(['pboc', 'visa', 'mastercard', 'emv']),
  algorithm: algorithmField,
  key: hexField,
  data: hexField,
});

/** `cryptogram.script-data`: the confidential data of an issuer script command, enciphered. */
export const runner: VectorRunner = (input, expect) =>
  compare(expect, { output: toHex(encryptScriptData(inputSchema.parse(input))) });
