import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson, instantSchema } from '../tap/index.js';
import { listKinds } from './list-kinds.js';

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, 'base64');
const hash = z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hex digits');

export const listVersionSchema = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);

/** What is signed of a list: which one it is, for how long, and the hash of what it says. */
export const listHeaderSchema = z
  .strictObject({
    format: z.literal(1),
    kind: z.enum(listKinds),
    version: listVersionSchema.min(1).describe('1, 2, 3, … of its kind'),
    previousVersion: listVersionSchema.describe('The version before; 0: this is the first'),
    contentHash: hash.describe('SHA-256 of the content in canonical JSON (RFC 8785)'),
    contentBytes: z.int().min(2).describe('Length of that text in bytes'),
    publishedAt: instantSchema,
    validFrom: instantSchema,
    validUntil: instantSchema,
    keyId: z
      .string()
      .regex(/^[0-9a-f]{16}$/, '16 lower-case hex digits')
      .describe('Who has signed: /v1/lists/keys'),
  })
  .describe('The part that is signed, in canonical JSON behind the line "yongtap list"');

const listContentSchema = z.record(z.string(), z.unknown());

const listDeltaSchema = z
  .strictObject({
    from: z.strictObject({ version: listVersionSchema.min(1), contentHash: hash }),
    set: listContentSchema.describe('Fields that are replaced'),
    unset: z.array(z.string()).describe('Fields that are gone'),
    names: z
      .record(z.string(), z.strictObject({ removed: base64, added: base64 }))
      .describe('Sets of card names, 8 bytes each: what goes and what comes'),
  })
  .describe('What turns the content of an earlier version into that of this one');

const signed = {
  header: listHeaderSchema,
  signature: base64.describe('Ed25519 (RFC 8032)'),
};

export const listSnapshotSchema = z.strictObject({ ...signed, content: listContentSchema });
export const listUpdateSchema = z.union([listSnapshotSchema, z.strictObject({ ...signed, delta: listDeltaSchema })]);

export type ListHeader = z.infer<typeof listHeaderSchema>;
/** What a list says, by fields; its schema is its kind's. */
export type ListContent = z.infer<typeof listContentSchema>;
export type ListDelta = z.infer<typeof listDeltaSchema>;
/** A list whole. */
export type ListSnapshot = z.infer<typeof listSnapshotSchema>;
/** A list whole, or what has changed since a version that the terminal has. */
export type ListUpdate = z.infer<typeof listUpdateSchema>;

/** The bytes that a signature is over. */
export const signedBytes = (header: ListHeader): Uint8Array => Buffer.from(`yongtap list\n${canonicalJson(header)}`);

/** A content's canonical text, of which the header holds length and hash. */
export function digestOf(content: ListContent): {
  readonly text: string;
  readonly hash: string;
  readonly bytes: number;
} {
  const text = canonicalJson(content);
  return { text, hash: createHash('sha256').update(text).digest('hex'), bytes: Buffer.byteLength(text) };
}
