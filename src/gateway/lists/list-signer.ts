import { LIST_KEYS_MAX, type ListKey, type ListKeys, listKeyId, signedKeysBytes } from '../../lists/index.js';
import { type SigningKey, signingKeyOf } from '../../signatures/ed25519.js';
import { deriveKey } from '../derive-key.js';
import type { GatewayDatabase } from '../storage/index.js';

export interface ListSigner {
  /** The latest keys that lists are signed with, each vouched for by all of these. */
  readKeys(): Promise<ListKeys>;
  /** The id of the key that signs now, made where there is none yet. */
  currentKeyId(): Promise<string>;
  /** The signature of a key, in base64. Throws RangeError for a key that is none of these. */
  sign(keyId: string, bytes: Uint8Array): Promise<string>;
  /** Makes the next key, which signs from that instant on: until then terminals can learn of it. */
  rotate(signsFrom: Date): Promise<ListKey>;
}

/**
 * Signs lists. Every key follows from the gateway's secret and its number, so that all gateways on the same books have
 * the same ones and nothing more has to be kept safe.
 */
export function createListSigner(
  { kysely }: Pick<GatewayDatabase, 'kysely'>,
  { secret, clock }: { readonly secret: Uint8Array; readonly clock: () => Date },
): ListSigner {
  const keyOf = (generation: number): SigningKey =>
    signingKeyOf(deriveKey(secret, `yongtap list signing key ${generation}`));
  const rows = () => kysely.selectFrom('list_keys').selectAll().orderBy('generation').execute();

  async function make(generation: number, signsFrom: Date): Promise<void> {
    const publicKey = keyOf(generation).publicKey.toString('base64');
    await kysely
      .insertInto('list_keys')
      .values({
        generation,
        key_id: listKeyId(publicKey),
        public_key: publicKey,
        created_at_ms: clock().getTime(),
        signs_from_ms: signsFrom.getTime(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async function known() {
    const kept = await rows();
    if (kept.length > 0) return kept;
    await make(1, new Date(0));
    return rows();
  }

  return {
    async readKeys() {
      const kept = (await known()).slice(-LIST_KEYS_MAX);
      const keys = kept.map(toListKey);
      const bytes = signedKeysBytes(keys);
      const signatures = kept.map(({ generation, key_id }) => ({
        keyId: key_id,
        signature: keyOf(generation).sign(bytes).toString('base64'),
      }));
      return { keys, signatures };
    },
    async currentKeyId() {
      const nowMs = clock().getTime();
      const kept = await known();
      return (kept.filter(({ signs_from_ms }) => Number(signs_from_ms) <= nowMs).at(-1) ?? kept[0]!).key_id;
    },
    async sign(keyId, bytes) {
      const key = (await known()).find(({ key_id }) => key_id === keyId);
      if (key === undefined) throw new RangeError(`no key ${keyId} signs lists`);
      return keyOf(key.generation).sign(bytes).toString('base64');
    },
    async rotate(signsFrom) {
      const generation = (await known()).at(-1)!.generation + 1;
      await make(generation, signsFrom);
      return toListKey((await rows()).find((row) => row.generation === generation)!);
    },
  };
}

const toListKey = (row: { key_id: string; public_key: string; signs_from_ms: number }): ListKey => ({
  keyId: row.key_id,
  publicKey: row.public_key,
  signsFrom: new Date(Number(row.signs_from_ms)).toISOString(),
});
