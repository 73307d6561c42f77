import { z } from 'zod';
import { hexField } from '../../fields.js';
import { sessionInputSchema } from '../session-input.js';

/** What a contact session may say beside the transcript; without it the transcript tells. */
export const contactInputSchema = sessionInputSchema.extend({
  /** Names that the terminal knows; partial ones go on. */
  applications: z.array(hexField).exactOptional(),
  /** The name that the holder chooses. */
  choice: z.string().exactOptional(),
  /** Digits, for every PIN that is asked for; `bypass` where the holder gives none. */
  pin: z
    .string()
    .regex(/^(\d{4,12}|bypass)$/)
    .exactOptional(),
  /** Random bytes for a PIN that is enciphered. */
  pinPadding: hexField.exactOptional(),
  issuer: z
    .union([
      z.literal('unable'),
      z.literal('pending'),
      z.object({
        authorizationResponseCode: z.string().length(2),
        issuerAuthenticationData: hexField.exactOptional(),
        authorizationCode: hexField.exactOptional(),
        scripts: z.array(hexField).exactOptional(),
      }),
    ])
    .exactOptional(),
  randomSelection: z
    .object({
      threshold: z.int().min(0),
      targetPercentage: z.int().min(0).max(99),
      maximumTargetPercentage: z.int().min(0).max(99),
      randomNumber: z.int().min(1).max(99),
    })
    .exactOptional(),
  exceptionFile: z.array(z.string()).exactOptional(),
  /** What the terminal's log holds of this card, in the smallest unit. */
  loggedAmount: z.int().min(0).exactOptional(),
  /** Habits that differ from the standard, by the names of `ContactOptions`. */
  options: z.record(z.string(), z.boolean()).exactOptional(),
  /** The commands need not be the transcript's; only the outcome counts. */
  loose: z.boolean().exactOptional(),
});

export type ContactInput = z.infer<typeof contactInputSchema>;
