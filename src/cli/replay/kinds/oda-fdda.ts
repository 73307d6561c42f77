import { verifyFdda } from '../../../../emv/index.js';
import type { VectorRunner } from '../vector.js';
import { hexField } from './fields.js';
import { compareAuthentication, odaInputSchema } from './oda-input.js';

const inputSchema = odaInputSchema.extend({ terminalData: hexField.optional() });

/** `oda.fdda`: fDDA; without `terminalData` the version and its values come from `data`. */
export const runner: VectorRunner = (input, expect) =>
  compareAuthentication(inputSchema.parse(input), expect, (checked) => verifyFdda(checked));
