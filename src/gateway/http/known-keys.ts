import type { Kysely } from 'kysely';
import type { ApiKeysTable } from '../storage/api-key-tables.js';
import type { Tables } from '../storage/index.js';
import { toPrincipal } from './api-key.js';
import { hashOfSecret, signingSecretOf } from './key-secrets.js';
import type { Principal } from './principal.js';

/** A key that somebody has shown, and what it asks of the request. */
export interface FoundKey {
  readonly principal: Principal;
  readonly mustSign: boolean;
}

export interface Signer {
  readonly principal: Principal;
  /** Those of every secret that is good now. */
  readonly signingSecrets: readonly string[];
}

export interface KnownKeys {
  /** `expired`: it was good once. */
  bySecret(secret: string): Promise<FoundKey | 'expired' | undefined>;
  byCertificate(names: readonly string[]): Promise<FoundKey | 'expired' | undefined>;
  signer(keyId: string): Promise<Signer | 'expired' | undefined>;
  forget(): void;
}

export interface KnownKeysOptions {
  readonly clock: () => Date;
  /** Milliseconds, for durations. */
  readonly now: () => number;
  /** The secret that signing secrets are made of. */
  readonly signingKey: Uint8Array;
}

/** How long a key that was revoked through another process may still be good here. */
const KNOWN_FOR_MS = 1000;
const KNOWN_MAX = 1000;

/** When a key was used is written down so often, not with every request. */
const USE_NOTED_EACH_MS = 10 * 60_000;

const COLUMNS = [
  'api_keys.id',
  'api_keys.role',
  'api_keys.operator',
  'api_keys.scopes',
  'api_keys.signature',
  'api_keys.expires_at_ms',
  'api_keys.last_used_at_ms',
] as const;

type KeyRow = Pick<
  ApiKeysTable,
  'id' | 'role' | 'operator' | 'scopes' | 'signature' | 'expires_at_ms' | 'last_used_at_ms'
>;

/** Looks keys up, and remembers for a moment what it has found. */
export function createKnownKeys(kysely: Kysely<Tables>, { clock, now, signingKey }: KnownKeysOptions): KnownKeys {
  const known = new Map<string, { readonly found: FoundKey | Signer; readonly untilMs: number }>();

  const isOver = (expiresAtMs: number | null) => expiresAtMs !== null && expiresAtMs <= clock().getTime();

  async function remember<Found extends FoundKey | Signer>(
    name: string,
    find: () => Promise<Found | 'expired' | undefined>,
  ): Promise<Found | 'expired' | undefined> {
    const recent = known.get(name);
    if (recent && recent.untilMs > now()) return recent.found as Found;
    known.delete(name);
    const found = await find();
    if (found === undefined || found === 'expired') return found;
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(name, { found, untilMs: now() + KNOWN_FOR_MS });
    return found;
  }

  /** Nobody waits for it, and it may fail: it is no part of what was asked. */
  function noteUse({ id, last_used_at_ms }: KeyRow): void {
    const atMs = clock().getTime();
    if (last_used_at_ms !== null && atMs - last_used_at_ms < USE_NOTED_EACH_MS) return;
    kysely
      .updateTable('api_keys')
      .set({ last_used_at_ms: atMs })
      .where('id', '=', id)
      .execute()
      .catch(() => {});
  }

  function use(row: KeyRow): FoundKey | 'expired' {
    if (isOver(row.expires_at_ms)) return 'expired';
    noteUse(row);
    return { principal: toPrincipal(row), mustSign: row.signature === 'required' };
  }

  const good = () => kysely.selectFrom('api_keys').select(COLUMNS).where('revoked_at_ms', 'is', null);

  return {
    bySecret(secret) {
      const hash = hashOfSecret(secret);
      return remember(hash, async () => {
        const row = await good()
          .innerJoin('api_key_secrets', 'api_key_secrets.key_id', 'api_keys.id')
          .select('api_key_secrets.expires_at_ms as secret_expires_at_ms')
          .where('api_key_secrets.secret_hash', '=', hash)
          .executeTakeFirst();
        if (!row) return undefined;
        return isOver(row.secret_expires_at_ms) ? 'expired' : use(row);
      });
    },
    byCertificate: (names) =>
      remember(`certificate ${names.join(' ')}`, async () => {
        const rows = await good()
          .select('client_certificate')
          .where('client_certificate', 'in', [...names])
          .orderBy('created_at_ms')
          .execute();
        // The exact certificate goes before a name that several may bear.
        const row = names.flatMap((name) => rows.filter((each) => each.client_certificate === name))[0];
        return row && use(row);
      }),
    signer: (keyId) =>
      remember(`signer ${keyId}`, async () => {
        const row = await good().where('id', '=', keyId).executeTakeFirst();
        if (!row) return undefined;
        const found = use(row);
        if (found === 'expired') return found;
        const secrets = await kysely
          .selectFrom('api_key_secrets')
          .select(['secret_hash', 'expires_at_ms'])
          .where('key_id', '=', keyId)
          .orderBy('created_at_ms', 'desc')
          .execute();
        const signingSecrets = secrets
          .filter(({ expires_at_ms }) => !isOver(expires_at_ms))
          .map(({ secret_hash }) => signingSecretOf(signingKey, secret_hash));
        return { principal: found.principal, signingSecrets };
      }),
    forget: () => known.clear(),
  };
}
