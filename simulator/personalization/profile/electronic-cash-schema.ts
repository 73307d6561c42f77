import { z } from 'zod';
import { currency, fen } from './fields.js';

const amounts = {
  resetThresholdFen: fen.default(0).describe('below it the card asks to be loaded online (9F6D; second currency DF76)'),
  verificationLimitFen: fen
    .optional()
    .describe('above it the holder has to be verified (9F6B; second currency DF72); none: never'),
};

/** Electronic cash (JR/T 0025.13-2013), amounts in fen. */
export const electronicCash = z.strictObject({
  balanceFen: fen.describe('what is on it (9F79)'),
  limitFen: fen.describe('what may be on it (9F77)'),
  singleTransactionLimitFen: fen.describe('what may be spent at once (9F78)'),
  ...amounts,
  authorizationCode: z
    .string()
    .regex(/^[A-Z0-9]{6}$/, 'must be six letters or digits')
    .default('ECC001')
    .describe('six letters or digits that say that the issuer allows it (9F74)'),
});

/** The purse of the second currency (JR/T 0025.15-2013), amounts in its smallest unit. */
export const secondElectronicCash = z.strictObject({
  currency: currency.describe('numeric code in quotes: "0344" Hong Kong, "0446" Macao (DF71)'),
  balanceFen: fen.describe('what is on it, in the smallest unit of its currency (DF79)'),
  limitFen: fen.describe('what may be on it (DF77)'),
  singleTransactionLimitFen: fen.describe('what may be spent at once (DF78)'),
  ...amounts,
});
