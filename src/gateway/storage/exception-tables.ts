/** What is known of terminals, and what has to be looked at. Instants in milliseconds since 1970. */
export interface ExceptionTables {
  terminals: TerminalsTable;
  terminal_gaps: TerminalGapsTable;
  suspicions: SuspicionsTable;
  exception_resolutions: ExceptionResolutionsTable;
}

/** One row for each terminal that ever sent a tap that was kept; a survey of what came writes it (docs/exceptions.md). */
export interface TerminalsTable {
  /** One word for (operator, terminal), in addresses. */
  id: string;
  operator: string;
  terminal: string;
  /** When its first and its latest tap were received. */
  first_seen_ms: number;
  last_seen_ms: number;
  /** The event time of its latest tap, by its own clock. */
  last_at_ms: number;
  /** From the first to the last of these every sequence number is there or stands in a gap. */
  first_sequence: number;
  last_sequence: number;
  /** How many taps the surveys have seen. */
  taps: number;
  /**
   * How far its clock is ahead of the gateway's: the largest `at` − upload over the taps of the latest survey. Below
   * zero it is behind, or it uploads late.
   */
  clock_offset_ms: number;
  clock_state: 'right' | 'ahead' | 'behind';
  /** When the clock came into this state. */
  clock_since_ms: number;
  /** What the taps of the last hour say of the clock: since when, how many, and upload − `at`, least and most. */
  window_since_ms: number;
  window_taps: number;
  delay_min_ms: number;
  delay_max_ms: number;
}

/** Sequence numbers from … to, both missing, and all between. A gap that is filled is deleted. */
export interface TerminalGapsTable {
  id: string;
  operator: string;
  terminal: string;
  from_sequence: number;
  to_sequence: number;
  found_at_ms: number;
}

/** What stands against a proved tap, seen from the tap that its chip counted before it. */
export interface SuspicionsTable {
  card_token: string;
  tap_id: string;
  code: string;
  /** 0 to 100 */
  score: number;
  is_set_aside: number;
  /** The tap before it. */
  before_tap_id: string;
  /** JSON: the parts of the score. */
  parts: string;
  judged_at_ms: number;
}

/** What somebody found out about an exception. */
interface ExceptionResolutionsTable {
  id: string;
  note: string;
  resolved_by: string;
  resolved_at_ms: number;
}
