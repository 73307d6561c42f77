/** A tap record with all its records has some ten thousand characters; alone and on a line the limit is the same. */
export const RECORD_BYTES_MAX = 256 * 1024;

/** A file of members: some million records. It is read as it comes. */
export const UPLOAD_BYTES_MAX = 4 * 1024 * 1024 * 1024;

/** A signed body is held as a whole until it is proved; what is longer goes in parts. */
export const SIGNED_BODY_BYTES_MAX = 16 * 1024 * 1024;

/** How long a signed body may take. */
export const SIGNED_BODY_TIMEOUT_MS = 120_000;

/** Header fields of a request. */
export const HEADERS_MAX = 100;

/** Connections of one address at a time. */
export const CONNECTIONS_PER_ADDRESS_MAX = 1000;

/** How long the head of a request may take. */
export const HEAD_TIMEOUT_MS = 15_000;

/** How long a body may take that is read as a whole. */
export const BODY_TIMEOUT_MS = 30_000;

/** How long a connection may stand still in the middle of a request or an answer. */
export const STANDSTILL_TIMEOUT_MS = 120_000;

/** How long a connection may wait for the next request. */
export const KEEP_ALIVE_TIMEOUT_MS = 30_000;

/** How long requests under way have when the gateway stops, and then how long its database has. */
export const STOP_TIMEOUT_MS = 5000;
