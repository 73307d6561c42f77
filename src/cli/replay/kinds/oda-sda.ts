import { verifySda } from '../../../../emv/index.js';
import type { VectorRunner } from '../vector.js';
import { compareAuthentication, odaInputSchema } from './oda-input.js';

/** `oda.sda`: static data authentication, RSA or SM2 by the CA key. */
export const runner: VectorRunner = (input, expect) =>
  compareAuthentication(odaInputSchema.parse(input), expect, (checked) => verifySda(checked));
