/** Requests a second; 0 is no limit. Twice as many may come at once. */
export interface RateOptions {
  /** Of one key, taps and claims of offers apart. Default 1000. */
  readonly requestRate?: number | undefined;
  /** Of one key: requests that hand in taps, a batch counting as one, or claim. Default 0. */
  readonly tapRate?: number | undefined;
  /** Of one address: requests without a good key. Default 50. */
  readonly failureRate?: number | undefined;
  /** Whether the last address of X-Forwarded-For is the client's. */
  readonly isBehindProxy?: boolean | undefined;
}
