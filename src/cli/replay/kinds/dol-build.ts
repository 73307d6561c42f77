import { z } from 'zod';
import { buildDataObjectList, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';
import { dataField, hexField } from './fields.js';

const inputSchema = z.object({ dol: hexField, data: dataField });

/** `dol.build`: the command data that a data object list asks for (EMV 4.3 Book 3 §5.4). */
export const runner: VectorRunner = (input, expect) => {
  const { dol, data } = inputSchema.parse(input);
  return compare(expect, { hex: toHex(buildDataObjectList(dol, data)) });
};
