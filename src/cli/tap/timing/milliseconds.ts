const US_PER_MS = 1000;
/** Below this many milliseconds in all, hundredths are worth a column. */
const FINE_BELOW_MS = 100;

/** Writes microseconds as milliseconds, as finely as the whole deserves; `–` where a time is not known. */
export function millisecondsIn(wholeUs: number): (us: number | undefined) => string {
  const digits = wholeUs < FINE_BELOW_MS * US_PER_MS ? 2 : 1;
  return (us) => (us === undefined ? '–' : (us / US_PER_MS).toFixed(digits));
}
