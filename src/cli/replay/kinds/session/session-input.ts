import { z } from 'zod';
import { fromHex } from '../../../../../emv/index.js';
import { caKeySchema } from '../ca-keys.js';
import { dataField, hexField } from '../fields.js';

/** One command in upper-case hex and its answer; an empty one is a card that has left. */
export interface SessionExchange {
  readonly command: string;
  readonly response: Uint8Array;
}

/** The hex of all exchanges is read in one go: a schema for each costs more than the kernel takes for them. */
const transcriptSchema = z
  .array(z.object({ command: z.string(), response: z.string() }))
  .transform((exchanges): SessionExchange[] =>
    exchanges.map(({ command, response }) => ({ command: command.toUpperCase(), response: fromHex(response) })),
  );

/** What the sessions of all kernels say of terminal and card; a kernel that is told more extends it. */
export const sessionInputSchema = z.object({
  terminal: dataField,
  unpredictableNumber: hexField.refine(({ length }) => length === 4, 'four bytes in hex'),
  date: z.string(),
  caKeys: z.array(caKeySchema),
  /** Revoked issuer certificates: RID ‖ index ‖ serial number in hex. */
  revoked: z
    .array(z.string().regex(/^[0-9A-Fa-f]{18}$/, 'nine bytes in hex'))
    .transform((certificates) => new Set(certificates.map((certificate) => certificate.toUpperCase())))
    .exactOptional(),
  transcript: transcriptSchema,
});
