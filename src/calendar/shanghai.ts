/** Shanghai has known no summer time, and so no other offset, since 1991. */
const OFFSET_MS = 8 * 3_600_000;

export const DAY_MS = 86_400_000;

/** What clocks in Shanghai show at an instant (both in milliseconds since 1970), as if they showed UTC. */
export const shanghaiClock = (ms: number): number => ms + OFFSET_MS;

const clock = (ms: number): Date => new Date(shanghaiClock(ms));

/** An instant as clocks in Shanghai show it, with its offset: `2015-10-03T08:25:00.000+08:00`. */
export const shanghaiInstant = (ms: number): string => clock(ms).toISOString().replace('Z', '+08:00');

/** The calendar day of an instant in Shanghai, from midnight on: YYYY-MM-DD. A service day begins later. */
export const shanghaiDay = (ms: number): string => clock(ms).toISOString().slice(0, 10);

/** The month of an instant in Shanghai: YYYY-MM. */
export const shanghaiMonth = (ms: number): string => clock(ms).toISOString().slice(0, 7);

/** The year of an instant by Shanghai's calendar. */
export const shanghaiYear = (ms: number): number => clock(ms).getUTCFullYear();

/** Date and time of an instant in Shanghai as terminals tell them in 9A and 9F21 (EMV 4.3 Book 3, annex A): YYMMDD, HHMMSS. */
export function shanghaiTerminalTime(ms: number): { readonly date: string; readonly time: string } {
  const digits = clock(ms).toISOString().replace(/\D/g, '');
  return { date: digits.slice(2, 8), time: digits.slice(8, 14) };
}
