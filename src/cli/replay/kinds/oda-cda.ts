import { verifyCda } from '../../../../emv/index.js';
import type { VectorRunner } from '../vector.js';
import { hexField } from './fields.js';
import { compareAuthentication, odaInputSchema } from './oda-input.js';

const inputSchema = odaInputSchema.extend({
  pdolData: hexField,
  cdolData: hexField,
  responseData: hexField,
  cid: hexField,
  ac: hexField.optional(),
  unpredictableNumber: hexField,
});

/** `oda.cda`: combined DDA and application cryptogram. */
export const runner: VectorRunner = (input, expect) =>
  compareAuthentication(inputSchema.parse(input), expect, ({ cid, ac, ...checked }) =>
    verifyCda({ ...checked, cryptogramInformationData: cid, applicationCryptogram: ac }),
  );
