import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  createNameSet,
  digestOf,
  encodeDeny,
  type ListContent,
  type ListHeader,
  type ListKey,
  type ListKeys,
  type ListKind,
  type ListSnapshot,
  type ListUpdate,
  listKeyId,
  makeDelta,
  nameOnList,
  signedBytes,
  signedKeysBytes,
} from '../../src/lists/index.js';

interface Signer {
  readonly key: ListKey;
  readonly privateKey: KeyObject;
}

export function makeSigner(signsFrom = '1970-01-01T00:00:00.000Z'): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
  return { key: { keyId: listKeyId(raw), publicKey: raw, signsFrom }, privateKey };
}

export function keysOf(...signers: readonly Signer[]): ListKeys {
  const keys = signers.map(({ key }) => key);
  const signatures = signers.map(({ key: { keyId }, privateKey }) => ({
    keyId,
    signature: sign(null, signedKeysBytes(keys), privateKey).toString('base64'),
  }));
  return { keys, signatures };
}

export interface Wish {
  readonly kind?: ListKind;
  readonly version: number;
  readonly content: ListContent;
  readonly validUntil?: string;
}

/** A list that is signed as a gateway signs it. */
export function makeList(signer: Signer, { kind = 'deny', version, content, validUntil }: Wish): ListSnapshot {
  const { bytes, hash } = digestOf(content);
  const header: ListHeader = {
    format: 1,
    kind,
    version,
    previousVersion: version - 1,
    contentHash: hash,
    contentBytes: bytes,
    publishedAt: '2015-10-06T12:00:00+08:00',
    validFrom: '2015-10-06T12:00:00+08:00',
    validUntil: validUntil ?? '2015-10-13T12:00:00+08:00',
    keyId: signer.key.keyId,
  };
  return { header, signature: sign(null, signedBytes(header), signer.privateKey).toString('base64'), content };
}

/** What has changed from one list to the next. */
export function deltaOf(before: ListSnapshot, { content, ...after }: ListSnapshot): ListUpdate {
  const { contentHash, kind, version } = before.header;
  return { ...after, delta: makeDelta(kind, { version, contentHash }, before.content, content) };
}

export const namingKey = new Uint8Array(randomBytes(32));

/** The content of a deny list of card numbers. */
export function denyContent(pans: readonly string[]): ListContent {
  const names = pans.flatMap((pan) => {
    const { high, low } = nameOnList(namingKey, pan);
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(high);
    bytes.writeUInt32BE(low, 4);
    return [bytes];
  });
  return encodeDeny({ namingKey, cards: createNameSet(Buffer.concat(names)) });
}
