/** How long to wait after failures. All in milliseconds. */
export interface RetryRules {
  /** The first wait is at most this long. */
  readonly firstDelayMs: number;
  /** No wait is longer, unless the gateway asks for it. */
  readonly delayMsMax: number;
  /** What the gateway asks for is believed up to here. */
  readonly retryAfterMsMax: number;
}

/** What {@link retryDelay} goes by where nothing else is asked for. */
export const RETRY_RULES: RetryRules = { firstDelayMs: 500, delayMsMax: 60_000, retryAfterMsMax: 600_000 };

/**
 * What `Retry-After` asks for in milliseconds (RFC 9110 §10.2.3: seconds, or a date); `undefined` where it says
 * nothing that can be read.
 */
export function parseRetryAfter(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}

/**
 * The wait after `failures` failures in a row: chance below a bound that doubles each time, so that the gates of a
 * station that lost their gateway together do not come back together; never less than the gateway asked for.
 * `chance` is at least 0 and below 1.
 */
export function retryDelay(
  failures: number,
  chance: number,
  retryAfterMs: number | undefined,
  rules: RetryRules,
): number {
  const bound = Math.min(rules.delayMsMax, rules.firstDelayMs * 2 ** Math.min(failures - 1, 30));
  const asked = Math.min(retryAfterMs ?? 0, rules.retryAfterMsMax);
  return Math.round(asked + chance * bound);
}
