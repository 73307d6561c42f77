/** How many receivers there may be. */
export const WEBHOOKS_MAX = 100;

/** How long a receiver may take to answer. */
export const ANSWER_TIMEOUT_MS = 10_000;

/** So much of an answer is read; the rest is nobody's concern. */
export const ANSWER_BYTES_MAX = 64 * 1024;

/** So often a delivery is tried before it is dead. */
export const ATTEMPTS_MAX = 12;

/** The delays between attempts grow fourfold from the first to the longest. */
export const FIRST_DELAY_MS = 5000;
export const LONGEST_DELAY_MS = 6 * 3_600_000;

/** A replaced secret goes on signing beside the new one for so long. */
export const SECRET_OVERLAP_MS = 24 * 3_600_000;

/** Events and what became of them are kept for so long. */
export const RETENTION_MS = 30 * 24 * 3_600_000;

/** So many events are replayed at once. */
export const REPLAY_MAX = 10_000;
