/** With which secrets the books were written. */
export interface GatewayKeyTables {
  gateway_keys: GatewayKeysTable;
}

interface GatewayKeysTable {
  name: string;
  /** Keyed hash that tells the secrets apart and gives nothing of them away. */
  fingerprint: string;
}
