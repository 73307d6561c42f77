import {
  type AuditHead,
  type AuditRecord,
  type ChainVerdict,
  createHeadSigner,
  readAuditHead,
  type SignedHead,
  streamAudit,
  verifyChain,
} from './audit/index.js';
import { deriveKey } from './derive-key.js';
import { type BooksLocation, openKeptBooks } from './open-books.js';

/** The audit log of books, without a gateway. */
export interface AuditOfBooks {
  /** Follows the chain to the head that the books have, and to those that were kept. */
  verify(heads: readonly AuditHead[]): Promise<ChainVerdict>;
  records(): AsyncIterable<AuditRecord>;
  head(): Promise<SignedHead>;
  /** Of the key that signs heads. */
  readonly publicKey: string;
  close(): Promise<void>;
}

/** Throws GatewayKeysError and StorageError. */
export async function openAuditOfBooks(
  location: BooksLocation,
  { clock, random }: { readonly clock: () => Date; readonly random: (length: number) => Uint8Array },
): Promise<AuditOfBooks> {
  const { keys, database } = await openKeptBooks(location, random);
  const { kysely } = database;
  const sign = createHeadSigner(deriveKey(keys.tokenKey, 'yongtap audit head'));
  const head = async () => sign(await readAuditHead(kysely), clock());
  return {
    verify: async (heads) => {
      // Read first: what is added while the chain is followed lies beyond it.
      const ends = [...heads, await readAuditHead(kysely)];
      return verifyChain(streamAudit(kysely), ends);
    },
    records: () => streamAudit(kysely),
    head,
    publicKey: (await head()).publicKey,
    close: () => database.close(),
  };
}
