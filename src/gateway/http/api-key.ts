import type { ApiKeysTable } from '../storage/api-key-tables.js';
import type { Principal } from './principal.js';
import { parseScopes, presetOf, type Scope } from './scopes.js';

export interface NewKey {
  readonly name: string;
  readonly role: 'administrator' | 'operator';
  readonly operator?: string | undefined;
  /** What it may do; left out: all that its role may. */
  readonly scopes?: readonly Scope[] | undefined;
  /** An instant. */
  readonly expiresAt?: string | undefined;
  /** Whether a request must be signed (RFC 9421), so that the secret itself is never sent. */
  readonly signature?: 'required' | undefined;
  /** A client certificate that stands for the key: `sha256:HEX` of it, or `subject:NAME`. */
  readonly clientCertificate?: string | undefined;
}

/** A key as it may be shown later: never a secret. */
export interface ApiKey extends Omit<NewKey, 'scopes'> {
  readonly id: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: string;
  /** When it was last used, within some minutes. */
  readonly lastUsedAt?: string | undefined;
  readonly revokedAt?: string | undefined;
  /** While the secret before the last rotation is good too: how long. */
  readonly previousSecretUntil?: string | undefined;
}

const instant = (ms: number): string => new Date(ms).toISOString();

export function toApiKey(row: ApiKeysTable, previousSecretUntilMs?: number): ApiKey {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    ...(row.operator !== null && { operator: row.operator }),
    scopes: [...scopesOf(row)],
    createdAt: instant(row.created_at_ms),
    ...(row.expires_at_ms !== null && { expiresAt: instant(row.expires_at_ms) }),
    ...(row.last_used_at_ms !== null && { lastUsedAt: instant(row.last_used_at_ms) }),
    ...(row.revoked_at_ms !== null && { revokedAt: instant(row.revoked_at_ms) }),
    ...(row.signature !== null && { signature: row.signature }),
    ...(row.client_certificate !== null && { clientCertificate: row.client_certificate }),
    ...(previousSecretUntilMs !== undefined && { previousSecretUntil: instant(previousSecretUntilMs) }),
  };
}

export const scopesOf = ({ scopes, role }: Pick<ApiKeysTable, 'scopes' | 'role'>): ReadonlySet<Scope> =>
  scopes === null ? presetOf(role) : new Set(parseScopes(scopes));

export function toPrincipal(row: Pick<ApiKeysTable, 'id' | 'role' | 'operator' | 'scopes'>): Principal {
  const who = { keyId: row.id, scopes: scopesOf(row) };
  return row.role === 'administrator'
    ? { ...who, role: row.role }
    : { ...who, role: row.role, operator: row.operator ?? '' };
}
