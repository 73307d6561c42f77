import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isSignatureOf } from '../signatures/ed25519.js';
import { canonicalJson, instantSchema } from '../tap/index.js';
import { type ListHeader, signedBytes } from './list-document.js';

/** A key that lists are signed with. */
export const listKeySchema = z.strictObject({
  keyId: z.string().regex(/^[0-9a-f]{16}$/, '16 lower-case hex digits'),
  publicKey: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, '32 bytes in base64')
    .describe('Ed25519 (RFC 8032)'),
  signsFrom: instantSchema.describe('From then on it signs, until the next one does'),
});

const keySignatureSchema = z.strictObject({ keyId: z.string(), signature: z.string() });

/** So many keys are told together, the latest ones. */
export const LIST_KEYS_MAX = 64;

/** Keys, the oldest first, signed by each of them: who trusts one of them may trust the others. */
export const listKeysSchema = z.strictObject({
  keys: z.array(listKeySchema).min(1).max(LIST_KEYS_MAX),
  signatures: z.array(keySignatureSchema).max(LIST_KEYS_MAX),
});

export type ListKey = z.infer<typeof listKeySchema>;
export type ListKeys = z.infer<typeof listKeysSchema>;

/** The id of a key: the beginning of its hash. */
export const listKeyId = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 16);

/** What the signatures of a set of keys are over. */
export const signedKeysBytes = (keys: readonly ListKey[]): Uint8Array =>
  Buffer.from(`yongtap list keys\n${canonicalJson(keys)}`);

/** Whether a header was signed by one of the keys. */
export function isSignedBy(keys: readonly ListKey[], header: ListHeader, signature: string): boolean {
  const key = keys.find(({ keyId }) => keyId === header.keyId);
  return key !== undefined && isSignature(key, signedBytes(header), signature);
}

/** Whether a set of keys is whole, and vouched for by a key that is trusted already. */
export function isVouchedFor({ keys, signatures }: ListKeys, trusted: readonly ListKey[]): boolean {
  if (!keys.every(({ keyId, publicKey }) => keyId === listKeyId(publicKey))) return false;
  const bytes = signedKeysBytes(keys);
  return trusted.some((key) =>
    signatures.some(({ keyId, signature }) => keyId === key.keyId && isSignature(key, bytes, signature)),
  );
}

const isSignature = ({ publicKey }: ListKey, bytes: Uint8Array, signature: string): boolean =>
  isSignatureOf(Buffer.from(publicKey, 'base64'), bytes, Buffer.from(signature, 'base64'));
