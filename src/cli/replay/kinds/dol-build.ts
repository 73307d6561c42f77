import { z } from 'zod';
import { buildDataObjectList, fromHex, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';

const inputSchema = z.object({ dol: z.string(), data: z.record(z.string(), z.string()) });

/** `dol.build`: the command data that a data object list asks for (EMV 4.3 Book 3 §5.4). */
export const runner: VectorRunner = (input, expect) => {
  const { dol, data } = inputSchema.parse(input);
  const values = new Map(Object.entries(data).map(([tag, value]) => [tag.toUpperCase(), fromHex(value)]));
  return compare(expect, { hex: toHex(buildDataObjectList(fromHex(dol), values)) });
};
