/** Who may use the interface. */
export interface ApiKeyTables {
  api_keys: ApiKeysTable;
  api_key_secrets: ApiKeySecretsTable;
  request_nonces: RequestNoncesTable;
}

/** Of signed requests that were taken: none is taken twice. */
export interface RequestNoncesTable {
  key_id: string;
  nonce: string;
  expires_at_ms: number;
}

export interface ApiKeysTable {
  id: string;
  /** Of the first secret; those that are good are in `api_key_secrets`. */
  secret_hash: string;
  name: string;
  role: 'administrator' | 'operator';
  /** Whose taps the key may post; empty for an administrator's. */
  operator: string | null;
  created_at_ms: number;
  revoked_at_ms: number | null;
  /** JSON array; empty for all that the role may do. */
  scopes: string | null;
  expires_at_ms: number | null;
  /** Within some minutes. */
  last_used_at_ms: number | null;
  /** `required`: requests are signed, and the secret alone is not enough. */
  signature: 'required' | null;
  /** A client certificate that stands for the key. */
  client_certificate: string | null;
}

export interface ApiKeySecretsTable {
  /** SHA-256 of the secret, which is nowhere else. */
  secret_hash: string;
  key_id: string;
  created_at_ms: number;
  /** When a secret that was replaced ends. */
  expires_at_ms: number | null;
}
