const SECONDS_MS = 1000;
const TIMEOUT_SECONDS = 60;

/** How long a card is waited for, in milliseconds. */
export const cardTimeoutMs = (seconds: number = TIMEOUT_SECONDS): number => seconds * SECONDS_MS;
