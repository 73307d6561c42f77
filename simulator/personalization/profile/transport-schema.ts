import { z } from 'zod';
import { date, digits, fen } from './fields.js';

const ride = z.strictObject({
  date: date.describe('day of the ride'),
  time: digits(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, 'must be a time in quotes, HH:MM:SS')
    .default('00:00:00')
    .describe('in quotes: time of the ride'),
  amountFen: fen.describe('what was paid'),
});

/** The application of a transport card (China T-Union, JT/T 978) beside those of the bank. */
export const transport = z.strictObject({
  cardNumber: digits(/^\d{19}$/, 'must be 19 digits in quotes').describe('in quotes: 19 digits'),
  effective: date.default('2015-08-26').describe('first day, YYYY-MM-DD'),
  expires: date.default('2035-12-31').describe('last day, YYYY-MM-DD'),
  balanceFen: fen.max(0xffffffff).describe('what is in its purse'),
  overdraftFen: fen.max(0xffffffff).default(0).describe('what rides have taken beyond it'),
  rides: z.array(ride).max(10).default([]).describe('the last rides, newest first'),
});
export type TransportProfile = z.infer<typeof transport>;
