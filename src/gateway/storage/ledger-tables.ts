/** Money outside the journeys' own entries. Every table but `card_accounts` and `card_postings` is append only. */
export interface LedgerTables {
  ledger_transactions: LedgerTransactionsTable;
  ledger_entries: LedgerEntriesTable;
  card_accounts: CardAccountsTable;
  card_postings: CardPostingsTable;
  settled_days: SettledDaysTable;
  settlements: SettlementsTable;
  settlement_events: SettlementEventsTable;
}

/** What happened. Written behind its entries, which must sum to zero by then and take no further line. */
export interface LedgerTransactionsTable {
  /** Made by the client, so that the same again is known; `day:YYYY-MM-DD` where a day was settled. */
  id: string;
  kind: 'settlement' | 'fee' | 'refund' | 'correction' | 'payment' | 'payout' | 'write-off';
  /** In whose settlement it goes: open when it was written. */
  service_day: string;
  at_ms: number;
  /** Who: the id of an API key, or `command-line`. */
  by: string;
  reason: string;
  card_token: string | null;
  journey_id: string | null;
  /** SHA-256 of what was asked. */
  content_hash: string;
}

export type LedgerAccount = 'operator' | 'sponsor' | 'card' | 'purse' | 'bank' | 'fees' | 'write-off';

export interface LedgerEntriesTable {
  transaction_id: string;
  line: number;
  account: LedgerAccount;
  /** Operator, sponsor or card token; empty where the account has no parties, and for all cards of a day together. */
  party: string;
  /** In whose settlement it goes; empty where it goes in none. */
  operator: string;
  service_day: string;
  /** Owed to us above zero, owed by us below. */
  amount_fen: number;
}

/** What a card owes of the days that are settled, below zero what it is owed: the sum of what was booked, kept at hand. */
export interface CardAccountsTable {
  card_token: string;
  due_fen: number;
}

/** How far the charges of a settled day have been added to what cards owe: those up to this one, or all. */
export interface CardPostingsTable {
  service_day: string;
  operator: string;
  journey_id: string;
  revision: number;
  is_done: number;
}

interface SettledDaysTable {
  service_day: string;
  settled_at_ms: number;
}

export interface SettlementsTable {
  id: string;
  service_day: string;
  party_kind: 'operator' | 'sponsor';
  party: string;
  /** Counts the settlements of a party from 1. */
  number: number;
  /** The settlement that was rejected and is handed in again. */
  resubmits: string | null;
  created_at_ms: number;
  /** How many lines the file has. */
  lines: number;
  /** JSON: {@link SettlementTotals} */
  totals: string;
  /** SHA-256 of the files, and of the party's files before. */
  csv_hash: string;
  json_hash: string;
  previous_csv_hash: string;
  previous_json_hash: string;
}

export interface SettlementEventsTable {
  settlement_id: string;
  /** From 1; the last one tells the state. */
  number: number;
  state: 'created' | 'sent' | 'acknowledged' | 'rejected' | 'resubmitted';
  at_ms: number;
  by: string;
  reason: string;
}
