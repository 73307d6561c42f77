import { verifyDda } from '../../../../emv/index.js';
import type { VectorRunner } from '../vector.js';
import { hexField } from './fields.js';
import { compareAuthentication, odaInputSchema } from './oda-input.js';

const inputSchema = odaInputSchema.extend({ terminalData: hexField });

/** `oda.dda`: dynamic data authentication; `terminalData` is what the DDOL asked for. */
export const runner: VectorRunner = (input, expect) =>
  compareAuthentication(inputSchema.parse(input), expect, (checked) => verifyDda(checked));
