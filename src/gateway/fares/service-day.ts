import { DAY_MS, shanghaiClock } from '../../calendar/shanghai.js';

const MINUTE_MS = 60_000;

const minutesOf = (clockTime: string): number => Number(clockTime.slice(0, 2)) * 60 + Number(clockTime.slice(3, 5));

/** When a service day begins: `HH:MM`. */
export interface DayBeginning {
  readonly serviceDayBegins: string;
}

/** The service day (YYYY-MM-DD) of an instant: it begins at the tariff's hour in Asia/Shanghai, 03:00 as a rule. */
export const serviceDayOf = (beginning: DayBeginning, instant: string): string =>
  serviceDayAt(beginning, Date.parse(instant));

/** The same of an instant in milliseconds since 1970. */
export function serviceDayAt({ serviceDayBegins }: DayBeginning, ms: number): string {
  return dayName(Math.floor((shanghaiClock(ms) - minutesOf(serviceDayBegins) * MINUTE_MS) / DAY_MS));
}

/** Names of days by their number since 1970: every tap asks for one. */
const dayNames = new Map<number, string>();
const DAY_NAMES_MAX = 10_000;

function dayName(number: number): string {
  const known = dayNames.get(number);
  if (known !== undefined) return known;
  if (dayNames.size >= DAY_NAMES_MAX) dayNames.clear();
  const name = new Date(number * DAY_MS).toISOString().slice(0, 10);
  dayNames.set(number, name);
  return name;
}

/** Minutes since midnight in Asia/Shanghai. */
const minuteOfDay = (ms: number): number => Math.floor((shanghaiClock(ms) % DAY_MS) / MINUTE_MS);

/** Whether an instant lies in a daily window, its end exclusive; one that ends before it begins is over midnight. */
export function isInWindow(ms: number, { from, to }: { readonly from: string; readonly to: string }): boolean {
  const minute = minuteOfDay(ms);
  const [begins, ends] = [minutesOf(from), minutesOf(to)];
  return begins <= ends ? minute >= begins && minute < ends : minute >= begins || minute < ends;
}

/** The instant at which a service day begins. */
export function serviceDayStart({ serviceDayBegins }: DayBeginning, day: string): string {
  return `${day}T${serviceDayBegins}:00+08:00`;
}

/** Minutes of a stay that lie in the daily window, and whether any of it lies outside. */
export function minutesInWindow(from: number, to: number, window: { readonly from: string; readonly to: string }) {
  const [start, end] = [shanghaiClock(from), shanghaiClock(to)];
  let inside = 0;
  for (let midnight = Math.floor(start / DAY_MS) * DAY_MS; midnight < end; midnight += DAY_MS) {
    const opens = midnight + minutesOf(window.from) * MINUTE_MS;
    const closes = midnight + minutesOf(window.to) * MINUTE_MS;
    inside += Math.max(0, Math.min(end, closes) - Math.max(start, opens));
  }
  return { insideMinutes: inside / MINUTE_MS, touchesOutside: inside < end - start };
}
