import { z } from 'zod';

const count = z.int().min(0);

const countsSchema = z.strictObject({
  taps: count,
  journeys: count,
  charges: count,
  entries: count,
  closedServiceDays: count,
  /** Sum of what cards pay by the entries, in fen: says at a glance whether two copies are of the same books. */
  cardFen: z.int(),
});

/** What a copy of the books has to hold, counted in the copy itself. */
export type BookCounts = z.infer<typeof countsSchema>;

export const sealedKeysSchema = z.strictObject({
  salt: z.base64(),
  nonce: z.base64(),
  tag: z.base64(),
  sealed: z.base64(),
});

export const manifestSchema = z.strictObject({
  format: z.literal('yongtap-backup'),
  version: z.literal(1),
  madeAt: z.string(),
  engine: z.enum(['libsql', 'postgresql']),
  /** The migrations that the books have seen. */
  migrations: z.array(z.string()),
  counts: countsSchema,
  /** Of the books before they were packed. */
  bytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** `keys.json`, sealed under a passphrase. */
  keys: sealedKeysSchema.optional(),
});

/** The first line of a back-up. */
export type BackupManifest = z.infer<typeof manifestSchema>;
