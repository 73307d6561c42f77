/** What was tapped, as it came. Instants in milliseconds since 1970 where a query compares them. */
export interface TapTables {
  tap_identities: TapIdentitiesTable;
  taps: TapsTable;
  tap_conflicts: TapConflictsTable;
  tap_cards: TapCardsTable;
  card_counters: CardCountersTable;
}

/**
 * Which tap bears an identity: (operator, terminal, sequence) is there once. Its rows lie by terminal, so that every
 * group of taps changes many pages of it: the shorter they are the fewer.
 */
interface TapIdentitiesTable {
  operator: string;
  terminal: string;
  sequence: number;
  id: string;
  /** SHA-256 over the content of the record that came first. Empty: the tap's sealed record begins with it. */
  content_hash: string;
  /** Empty: the tap tells it. */
  card_token: string;
}

export interface TapsTable {
  /** Empty where no card number could be read. */
  card_token: string;
  id: string;
  operator: string;
  terminal: string;
  sequence: number;
  card_mask: string;
  /** The application transaction counter of the evidence (9F36). */
  atc: number | null;
  /** 1: the card's cryptogram was verified with its issuer's key; null: it was not checked. */
  is_cryptogram_verified: number | null;
  /** As the terminal wrote it, with its offset. */
  at: string;
  at_ms: number;
  service_day: string;
  service: string;
  event: string;
  /** JSON */
  place: string;
  amount_fen: number;
  /**
   * 1: the card has proved that it made this tap, had not made it before, and can have made it after the one that it
   * counted before. Only such taps are priced.
   */
  is_proved: number;
  /** The answer that was given when the tap came, for ever: `created` or `refused`, with its reason. */
  result: string;
  code: string | null;
  /** JSON: what the receipt that was given with the answer has beyond the other columns; long ago all of it. */
  receipt: string | null;
  /** Why the tap takes part in no journey as the taps stand now; later taps may change it. */
  refusal: string | null;
  /** The journey that the tap belongs to as the taps stand now. */
  journey_id: string | null;
  /** When it was being kept. */
  received_at_ms: number;
  /** When the request began that brought it; `null` for what came before such was kept. */
  uploaded_at_ms: number | null;
  /** The whole record, sealed. */
  record: Uint8Array;
}

/** A record under an identity that another content had taken before. */
interface TapConflictsTable {
  tap_id: string;
  content_hash: string;
  received_at_ms: number;
  /** The whole record, sealed. */
  record: Uint8Array;
}

/** Every card that ever proved a tap. Its row is what a transaction holds while it books on the card. */
interface TapCardsTable {
  card_token: string;
}

/**
 * A card counts its transactions: each number is there once. Its rows lie by card, so that each tap changes a page of its
 * own: the shorter they are, the more cards have one in common. What names in them are is in card-counters.ts.
 */
interface CardCountersTable {
  card: Uint8Array;
  /** A replaced card keeps its number, and its new chip counts anew. */
  chip: Uint8Array;
  atc: number;
  tap: Uint8Array;
}
