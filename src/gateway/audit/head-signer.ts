import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { AuditHead } from './read-audit.js';

/** What the gateway says of the end of its chain: kept elsewhere, it tells later whether something was cut off. */
export interface SignedHead extends AuditHead {
  readonly at: string;
  /** Ed25519 (RFC 8032), 32 bytes in base64url. */
  readonly publicKey: string;
  /** Over {@link headText}, in base64. */
  readonly signature: string;
}

export type HeadSigner = (head: AuditHead, at: Date) => SignedHead;

/** What precedes the 32 bytes of a key in PKCS #8 and in SPKI (RFC 8410). */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

const headText = ({ sequence, hash, at }: Pick<SignedHead, 'sequence' | 'hash' | 'at'>): Buffer =>
  Buffer.from(`yongtap audit head\n${sequence}\n${hash}\n${at}\n`);

/** `seed`: 32 bytes that are in no database. */
export function createHeadSigner(seed: Uint8Array): HeadSigner {
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const publicKey = spki.subarray(PUBLIC_PREFIX.length).toString('base64url');
  return ({ sequence, hash }, at) => {
    const head = { sequence, hash, at: at.toISOString(), publicKey };
    return { ...head, signature: sign(null, headText(head), key).toString('base64') };
  };
}

/** Whether a head was signed by the key that it names. Whose key that is, the caller has to know. */
export function isSignedHead(head: SignedHead): boolean {
  const raw = Buffer.from(head.publicKey, 'base64url');
  if (raw.length !== 32) return false;
  const key = createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, raw]), format: 'der', type: 'spki' });
  return verify(null, headText(head), key, Buffer.from(head.signature, 'base64'));
}
