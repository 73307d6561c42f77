/** Orders of cards, and what happened to orders and cards. */
export interface CardTables {
  card_orders: CardOrdersTable;
  card_events: CardEventsTable;
}

/** The state is kept beside the events, written in the same transaction. */
export interface CardOrdersTable {
  id: string;
  member: string;
  bank: string;
  kind: 'new' | 'exchange' | 'replacement';
  state: string;
  /** The card that comes of it: of an exchange from the beginning, of others once the bank has told its number. */
  card_token: string | null;
  /** The lost card that a replacement takes the place of. */
  replaces: string | null;
  /** PAN sequence number of the card that is made. */
  sequence_number: number | null;
  /** What must not be ordered twice while this is open; empty when it has come to an end. */
  open_key: string | null;
  ordered_at: string;
  ordered_at_ms: number;
  /** Day, YYYY-MM-DD in Asia/Shanghai, from which on it can be ready. */
  ready_from: string;
  /** 1: the calendar of holidays does not reach so far, weekends alone were counted. */
  is_assumed: number;
  /** When it became ready. */
  ready_at_ms: number | null;
  /** What a replacement costs, in fen. */
  fee_fen: number;
  recorded_at_ms: number;
}

/** Written once and never changed. */
export interface CardEventsTable {
  /** `order:ID` or `card:TOKEN`. */
  subject: string;
  /** From 1; two who take a step at once cannot both write the same number. */
  number: number;
  step: string;
  /** The state after it. */
  state: string;
  /** The instant at which it holds, as it was handed in. */
  at: string;
  at_ms: number;
  recorded_at_ms: number;
  by: string;
  reason: string | null;
  /** JSON of what was found, without anything personal. */
  details: string;
  /** SHA-256 of what was asked: the same again is known. */
  content_hash: string;
}
