import { isSignatureOf, signingKeyOf } from '../../signatures/ed25519.js';
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

const headText = ({ sequence, hash, at }: Pick<SignedHead, 'sequence' | 'hash' | 'at'>): Buffer =>
  Buffer.from(`yongtap audit head\n${sequence}\n${hash}\n${at}\n`);

/** `seed`: 32 bytes that are in no database. */
export function createHeadSigner(seed: Uint8Array): HeadSigner {
  const key = signingKeyOf(seed);
  const publicKey = key.publicKey.toString('base64url');
  return ({ sequence, hash }, at) => {
    const head = { sequence, hash, at: at.toISOString(), publicKey };
    return { ...head, signature: key.sign(headText(head)).toString('base64') };
  };
}

/** Whether a head was signed by the key that it names. Whose key that is, the caller has to know. */
export const isSignedHead = (head: SignedHead): boolean =>
  isSignatureOf(Buffer.from(head.publicKey, 'base64url'), headText(head), Buffer.from(head.signature, 'base64'));
