import { z } from 'zod';
import { caKeySchema } from '../ca-keys.js';
import { hexField } from '../oda-input.js';

const dataMap = z
  .record(z.string(), hexField)
  .transform((data) => new Map(Object.entries(data).map(([tag, value]) => [tag.toUpperCase(), value])));

const exchangeSchema = z.object({
  command: z.string().transform((hex) => hex.toUpperCase()),
  response: hexField,
});

/** What the sessions of all kernels say of terminal and card; a kernel that is told more extends it. */
export const sessionInputSchema = z.object({
  terminal: dataMap,
  unpredictableNumber: hexField.refine(({ length }) => length === 4, 'four bytes in hex'),
  date: z.string(),
  caKeys: z.array(caKeySchema),
  transcript: z.array(exchangeSchema),
});

/** One command in upper-case hex and its answer; an empty one is a card that has left. */
export type SessionExchange = z.infer<typeof exchangeSchema>;
