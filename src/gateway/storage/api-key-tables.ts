/** Who may use the interface. */
export interface ApiKeyTables {
  api_keys: ApiKeysTable;
}

export interface ApiKeysTable {
  id: string;
  /** SHA-256 of the secret, which is nowhere else. */
  secret_hash: string;
  name: string;
  role: 'administrator' | 'operator';
  /** Whose taps the key may post; empty for an administrator's. */
  operator: string | null;
  created_at_ms: number;
  revoked_at_ms: number | null;
}
