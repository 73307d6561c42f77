import { z } from 'zod';
import { fromHex } from '../../../../emv/index.js';

/** Bytes that a vector writes in hex. */
export const hexField = z.string().transform((text) => fromHex(text));

/** Data objects that a vector writes by tag. */
export const dataField = z
  .record(z.string(), hexField)
  .transform((data) => new Map(Object.entries(data).map(([tag, value]) => [tag.toUpperCase(), value])));
