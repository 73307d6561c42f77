/** What terminals are told: the lists in all their versions, who signs them, and what each terminal has applied. */
export interface ListTables {
  card_list_names: CardListNamesTable;
  list_versions: ListVersionsTable;
  list_contents: ListContentsTable;
  list_keys: ListKeysTable;
  terminal_reports: TerminalReportsTable;
  terminal_lists: TerminalListsTable;
}

/** What a card is called on lists, written when its number passes by: from a token no such name can be made. */
export interface CardListNamesTable {
  card_token: string;
  /** 16 bytes, sealed. */
  sealed_name: Uint8Array;
}

/** Every version that was published. Written once, but for the delta, which goes when nobody asks for it any more. */
export interface ListVersionsTable {
  kind: string;
  /** 1, 2, 3, … of its kind. */
  version: number;
  /** JSON in its canonical form: what is signed. */
  header: string;
  /** Base64. */
  signature: string;
  /** SHA-256 of the content, in lower-case hex. */
  content_hash: string;
  published_at_ms: number;
  valid_until_ms: number;
  /** JSON: what has changed since the version before; empty where only the whole content tells. */
  delta: string | null;
}

/** The content of the newest version of each kind, and of no other. */
export interface ListContentsTable {
  kind: string;
  version: number;
  /** Canonical JSON, packed by gzip. */
  content: Uint8Array;
}

/** The public keys of signatures; the private ones are worked out from the gateway's secrets and the generation. */
export interface ListKeysTable {
  /** 1, 2, 3, … */
  generation: number;
  key_id: string;
  /** Ed25519, 32 bytes in base64. */
  public_key: string;
  created_at_ms: number;
  /** It signs from then on, until the next one does. */
  signs_from_ms: number;
}

/** What a terminal has said of itself last. */
export interface TerminalReportsTable {
  operator: string;
  terminal: string;
  received_at_ms: number;
  /** The terminal's own clock, as it was told. */
  at: string;
  software: string | null;
  battery_percent: number | null;
}

/** Which version of each list a terminal has applied. */
export interface TerminalListsTable {
  operator: string;
  terminal: string;
  kind: string;
  version: number;
}
