import { createHash } from 'node:crypto';
import type { ApiKeysTable } from '../storage/api-key-tables.js';
import type { GatewayDatabase } from '../storage/index.js';

/** Who asks: an administrator may speak for every operator. */
export type Principal =
  | { readonly role: 'administrator'; readonly keyId: string }
  | { readonly role: 'operator'; readonly operator: string; readonly keyId: string };

export interface NewKey {
  readonly name: string;
  readonly role: 'administrator' | 'operator';
  readonly operator?: string | undefined;
}

/** A key as it may be shown later: never the secret. */
export interface ApiKey extends NewKey {
  readonly id: string;
  readonly createdAt: string;
  readonly revokedAt?: string | undefined;
}

const SECRET_LENGTH = 32;
const ID_LENGTH = 8;

/**
 * Keys have 256 random bits, so that one round of SHA-256 hides them well enough at rest. They are looked up by that
 * hash: how long a comparison of hashes takes tells nothing of a secret.
 */
const hashOf = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex');

/** How long a key that was revoked through another process may still be good here. */
const KNOWN_FOR_MS = 1000;
const KNOWN_MAX = 1000;

const toApiKey = (row: ApiKeysTable): ApiKey => ({
  id: row.id,
  name: row.name,
  role: row.role,
  ...(row.operator === null ? {} : { operator: row.operator }),
  createdAt: new Date(Number(row.created_at_ms)).toISOString(),
  ...(row.revoked_at_ms === null ? {} : { revokedAt: new Date(Number(row.revoked_at_ms)).toISOString() }),
});

export interface ApiKeys {
  /** The secret is told this once. */
  create(key: NewKey): Promise<{ readonly key: ApiKey; readonly secret: string }>;
  /** An administrator's key, if there has never been one. */
  createFirst(): Promise<string | undefined>;
  principalOf(secret: string): Promise<Principal | undefined>;
  list(): Promise<readonly ApiKey[]>;
  /** `last`: of the last administrator, and not revoked. Revoking twice does no harm. */
  revoke(id: string): Promise<'revoked' | 'unknown' | 'last'>;
}

export interface ApiKeysOptions {
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
  /** Milliseconds, for durations. */
  readonly now: () => number;
}

export function createApiKeys(database: GatewayDatabase, { clock, random, now }: ApiKeysOptions): ApiKeys {
  const known = new Map<string, { readonly principal: Principal; readonly untilMs: number }>();
  const makeRow = ({ name, role, operator }: NewKey) => {
    const secret = `yt_${Buffer.from(random(SECRET_LENGTH)).toString('base64url')}`;
    const row: ApiKeysTable = {
      id: `key_${Buffer.from(random(ID_LENGTH)).toString('hex')}`,
      secret_hash: hashOf(secret),
      name,
      role,
      operator: operator ?? null,
      created_at_ms: clock().getTime(),
      revoked_at_ms: null,
    };
    return { row, secret };
  };
  const { kysely } = database;
  return {
    async create(key) {
      const { row, secret } = makeRow(key);
      await kysely.insertInto('api_keys').values(row).execute();
      return { key: toApiKey(row), secret };
    },
    createFirst: () =>
      database.inTransaction(async (transaction) => {
        await database.lockServiceDays(transaction, 'exclusive');
        const [known] = await transaction.selectFrom('api_keys').select('id').limit(1).execute();
        if (known) return undefined;
        const { row, secret } = makeRow({ name: 'first administrator', role: 'administrator' });
        await transaction.insertInto('api_keys').values(row).execute();
        return secret;
      }),
    async principalOf(secret) {
      const hash = hashOf(secret);
      const recent = known.get(hash);
      if (recent && recent.untilMs > now()) return recent.principal;
      known.delete(hash);
      const row = await kysely
        .selectFrom('api_keys')
        .select(['id', 'role', 'operator'])
        .where('secret_hash', '=', hash)
        .where('revoked_at_ms', 'is', null)
        .executeTakeFirst();
      if (!row) return undefined;
      const principal = toPrincipal(row);
      if (known.size >= KNOWN_MAX) known.clear();
      known.set(hash, { principal, untilMs: now() + KNOWN_FOR_MS });
      return principal;
    },
    async list() {
      return (await kysely.selectFrom('api_keys').selectAll().orderBy('created_at_ms').orderBy('id').execute()).map(
        toApiKey,
      );
    },
    async revoke(id) {
      const outcome = await database.inTransaction(async (transaction) => {
        await database.lockServiceDays(transaction, 'exclusive');
        const good = await transaction
          .selectFrom('api_keys')
          .select('id')
          .where('role', '=', 'administrator')
          .where('revoked_at_ms', 'is', null)
          .limit(2)
          .execute();
        if (good.length === 1 && good[0]!.id === id) return 'last';
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
      known.clear();
      return outcome;
    },
  };
}

const toPrincipal = ({ id, role, operator }: Pick<ApiKeysTable, 'id' | 'role' | 'operator'>): Principal =>
  role === 'administrator' ? { role, keyId: id } : { role, operator: operator ?? '', keyId: id };
