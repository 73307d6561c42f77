import { z } from 'zod';
import { date, provenance, text } from './fare-fields.js';

/** Public holidays of a country, and the weekends that were worked in their stead, year by year. */
export const calendarSchema = z.strictObject({
  id: text,
  name: text,
  nameZh: text.optional(),
  years: z.array(
    z.strictObject({
      year: z.int(),
      ...provenance,
      holidays: z.array(
        z
          .strictObject({ name: text, nameZh: text.optional(), from: date, to: date })
          .refine(({ from, to }) => from <= to, 'a holiday ends on or after the day on which it begins'),
      ),
      workingDays: z.array(date).default([]),
    }),
  ),
});

export type Calendar = z.infer<typeof calendarSchema>;
