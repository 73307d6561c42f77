import { createHash } from 'node:crypto';
import { signingKeyOf } from '../../../signatures/ed25519.js';
import { canonicalJson } from '../../../tap/index.js';

/** What a version of a list says of itself: this is signed. */
export interface BenefitListHeader {
  readonly list: string;
  /** 1, 2, 3, … of the list. */
  readonly version: number;
  /** Who is entitled when this day ends, YYYY-MM-DD; it begins at 03:00 in Asia/Shanghai. */
  readonly day: string;
  /** By what was recorded at this instant. */
  readonly asKnownAt: string;
  /** SHA-256 of the rules of the list, in canonical JSON (RFC 8785). */
  readonly policySha256: string;
  readonly entries: number;
  readonly added: number;
  readonly dropped: number;
  readonly changed: number;
  /** SHA-256 of the files. */
  readonly csvSha256: string;
  readonly jsonSha256: string;
  /** SHA-256 of the header before, in canonical JSON; empty of the first. */
  readonly previousSha256: string;
}

export interface SignedListHeader {
  readonly header: BenefitListHeader;
  /** Ed25519 (RFC 8032), 32 bytes in base64. */
  readonly publicKey: string;
  /** Over the line `yongtap benefit list` and the header in canonical JSON, in base64. */
  readonly signature: string;
}

const signedBytes = (header: BenefitListHeader): Buffer =>
  Buffer.from(`yongtap benefit list\n${canonicalJson(header)}`);

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export type SignListHeader = (header: BenefitListHeader) => SignedListHeader;

/** `seed`: 32 bytes that are in no database. */
export function createListHeaderSigner(seed: Uint8Array): SignListHeader {
  const key = signingKeyOf(seed);
  const publicKey = key.publicKey.toString('base64');
  return (header) => ({ header, publicKey, signature: key.sign(signedBytes(header)).toString('base64') });
}
