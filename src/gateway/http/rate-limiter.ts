/** What is left of a bucket. */
export interface RateState {
  readonly allowed: boolean;
  /** Whole requests. */
  readonly remaining: number;
  /** Seconds until the next request is allowed, or until the bucket is full again; at least 1. */
  readonly resetSeconds: number;
}

export interface RateLimiter {
  readonly perSecond: number;
  /** Takes one, where there is one. */
  take(name: string): RateState;
  /** Whether there is nothing left, without taking. */
  isEmpty(name: string): boolean;
}

/** So many buckets are remembered; those that are full again are forgotten first. */
const BUCKETS_MAX = 10_000;

/** Twice what comes in a second may come at once. */
const BURST_SECONDS = 2;

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Token buckets, one a name. `perSecond`: at least 1. `now`: milliseconds, for durations. */
export function createRateLimiter(perSecond: number, now: () => number): RateLimiter {
  const buckets = new Map<string, Bucket>();
  const burst = perSecond * BURST_SECONDS;

  function bucketOf(name: string): Bucket {
    const atMs = now();
    const known = buckets.get(name);
    if (!known) {
      if (buckets.size >= BUCKETS_MAX) forget(atMs);
      const bucket = { tokens: burst, atMs };
      buckets.set(name, bucket);
      return bucket;
    }
    known.tokens = Math.min(burst, known.tokens + ((atMs - known.atMs) / 1000) * perSecond);
    known.atMs = atMs;
    return known;
  }

  function forget(atMs: number): void {
    for (const [name, bucket] of buckets) if (atMs - bucket.atMs > BURST_SECONDS * 1000) buckets.delete(name);
    // All of them are in use: the oldest goes, and begins anew.
    for (const name of buckets.keys()) {
      if (buckets.size < BUCKETS_MAX) break;
      buckets.delete(name);
    }
  }

  const secondsFor = (tokens: number) => Math.max(1, Math.ceil(tokens / perSecond));

  return {
    perSecond,
    take(name) {
      const bucket = bucketOf(name);
      const allowed = bucket.tokens >= 1;
      if (allowed) bucket.tokens -= 1;
      const missing = allowed ? burst - bucket.tokens : 1 - bucket.tokens;
      return { allowed, remaining: Math.floor(bucket.tokens), resetSeconds: secondsFor(missing) };
    },
    isEmpty: (name) => buckets.has(name) && bucketOf(name).tokens < 1,
  };
}
