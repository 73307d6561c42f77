import { sql, type Transaction } from 'kysely';
import type { ApiKeysTable } from '../storage/api-key-tables.js';
import type { GatewayDatabase, Tables } from '../storage/index.js';
import { type ApiKey, type NewKey, scopesOf, toApiKey } from './api-key.js';
import { hashOfSecret, makeSecret, signingSecretOf } from './key-secrets.js';
import { createKnownKeys, type KnownKeys, type KnownKeysOptions } from './known-keys.js';

export type { Principal } from './principal.js';

/** Told once. */
export interface KeySecrets {
  /** For `Authorization: Bearer`. */
  readonly secret: string;
  /** Signs requests (HMAC-SHA256). */
  readonly signingSecret: string;
}

export interface ApiKeys extends Omit<KnownKeys, 'forget'> {
  create(key: NewKey): Promise<{ readonly key: ApiKey } & KeySecrets>;
  /** An administrator's key, if there has never been one. */
  createFirst(): Promise<string | undefined>;
  list(): Promise<readonly ApiKey[]>;
  read(id: string): Promise<ApiKey | undefined>;
  /** A new secret; those before it hold for `overlapMs` more, and not at all where that is 0. */
  rotate(id: string, overlapMs: number): Promise<({ readonly key: ApiKey } & KeySecrets) | undefined>;
  /** `last`: of the last administrator, and not revoked. Revoking twice does no harm. */
  revoke(id: string): Promise<'revoked' | 'unknown' | 'last'>;
}

export interface ApiKeysOptions extends KnownKeysOptions {
  readonly random: (length: number) => Uint8Array;
}

const ID_LENGTH = 8;

export function createApiKeys(database: GatewayDatabase, options: ApiKeysOptions): ApiKeys {
  const { clock, random, signingKey } = options;
  const { kysely } = database;
  const { forget, ...known } = createKnownKeys(kysely, options);

  function makeSecrets(): KeySecrets & { readonly hash: string } {
    const secret = makeSecret(random);
    const hash = hashOfSecret(secret);
    return { secret, hash, signingSecret: signingSecretOf(signingKey, hash) };
  }

  async function insert(transaction: Transaction<Tables>, key: NewKey) {
    const { hash, ...secrets } = makeSecrets();
    const row: ApiKeysTable = {
      id: `key_${Buffer.from(random(ID_LENGTH)).toString('hex')}`,
      secret_hash: hash,
      name: key.name,
      role: key.role,
      operator: key.operator ?? null,
      created_at_ms: clock().getTime(),
      revoked_at_ms: null,
      scopes: key.scopes === undefined ? null : JSON.stringify(key.scopes),
      expires_at_ms: key.expiresAt === undefined ? null : Date.parse(key.expiresAt),
      last_used_at_ms: null,
      signature: key.signature ?? null,
      client_certificate: key.clientCertificate ?? null,
    };
    await transaction.insertInto('api_keys').values(row).execute();
    await insertSecret(transaction, row.id, hash);
    return { key: toApiKey(row), ...secrets };
  }

  const insertSecret = (transaction: Transaction<Tables>, keyId: string, hash: string) =>
    transaction
      .insertInto('api_key_secrets')
      .values({ secret_hash: hash, key_id: keyId, created_at_ms: clock().getTime(), expires_at_ms: null })
      .execute();

  /** One after another, in every process. */
  const alone = <Result>(work: (transaction: Transaction<Tables>) => Promise<Result>): Promise<Result> =>
    database.inTransaction(async (transaction) => {
      await database.lockServiceDays(transaction, 'exclusive');
      return work(transaction);
    });

  /** Whether a key is the only one that can make others. */
  async function isLast(transaction: Transaction<Tables>, id: string): Promise<boolean> {
    const rows = await transaction
      .selectFrom('api_keys')
      .select(['id', 'role', 'scopes', 'expires_at_ms'])
      .where('role', '=', 'administrator')
      .where('revoked_at_ms', 'is', null)
      .execute();
    const nowMs = clock().getTime();
    const good = rows.filter(
      (row) => scopesOf(row).has('keys:admin') && (row.expires_at_ms === null || row.expires_at_ms > nowMs),
    );
    return good.length === 1 && good[0]!.id === id;
  }

  async function listWhere(id?: string): Promise<ApiKey[]> {
    const nowMs = clock().getTime();
    let keys = kysely.selectFrom('api_keys').selectAll().orderBy('created_at_ms').orderBy('id');
    if (id !== undefined) keys = keys.where('id', '=', id);
    const ending = await kysely
      .selectFrom('api_key_secrets')
      .select('key_id')
      .select(sql<number>`max(expires_at_ms)`.as('until_ms'))
      .where('expires_at_ms', '>', nowMs)
      .groupBy('key_id')
      .execute();
    const untilOf = new Map(ending.map(({ key_id, until_ms }) => [key_id, until_ms]));
    return (await keys.execute()).map((row) => toApiKey(row, untilOf.get(row.id)));
  }

  return {
    ...known,
    create: (key) => database.inTransaction((transaction) => insert(transaction, key)),
    createFirst: () =>
      alone(async (transaction) => {
        const [any] = await transaction.selectFrom('api_keys').select('id').limit(1).execute();
        if (any) return undefined;
        return (await insert(transaction, { name: 'first administrator', role: 'administrator' })).secret;
      }),
    list: () => listWhere(),
    read: async (id) => (await listWhere(id))[0],
    async rotate(id, overlapMs) {
      const { hash, ...secrets } = makeSecrets();
      const isKnown = await alone(async (transaction) => {
        const key = transaction.selectFrom('api_keys').select('id').where('id', '=', id);
        if (!(await key.where('revoked_at_ms', 'is', null).executeTakeFirst())) return false;
        const untilMs = clock().getTime() + overlapMs;
        await transaction
          .updateTable('api_key_secrets')
          .set({ expires_at_ms: untilMs })
          .where('key_id', '=', id)
          .where(({ or, eb }) => or([eb('expires_at_ms', 'is', null), eb('expires_at_ms', '>', untilMs)]))
          .execute();
        await insertSecret(transaction, id, hash);
        return true;
      });
      forget();
      if (!isKnown) return undefined;
      return { key: (await listWhere(id))[0]!, ...secrets };
    },
    async revoke(id) {
      const outcome = await alone(async (transaction) => {
        if (await isLast(transaction, id)) return 'last';
        const row = await transaction.selectFrom('api_keys').select('id').where('id', '=', id).executeTakeFirst();
        if (!row) return 'unknown';
        await transaction
          .updateTable('api_keys')
          .set({ revoked_at_ms: clock().getTime() })
          .where('id', '=', id)
          .where('revoked_at_ms', 'is', null)
          .execute();
        return 'revoked';
      });
      forget();
      return outcome;
    },
  };
}
