const CHINA_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Shanghai's clock as if it were UTC: China has known no other offset since 1991. */
const shanghai = (instant: string | number): number =>
  (typeof instant === 'number' ? instant : Date.parse(instant)) + CHINA_OFFSET_MS;

const minutesOf = (clockTime: string): number => Number(clockTime.slice(0, 2)) * 60 + Number(clockTime.slice(3, 5));

/** The service day (YYYY-MM-DD) of an instant: it begins at the tariff's hour in Asia/Shanghai, 03:00 as a rule. */
export function serviceDayOf({ serviceDayBegins }: { readonly serviceDayBegins: string }, instant: string): string {
  return new Date(shanghai(instant) - minutesOf(serviceDayBegins) * MINUTE_MS).toISOString().slice(0, 10);
}

/** The instant at which a service day begins. */
export function serviceDayStart({ serviceDayBegins }: { readonly serviceDayBegins: string }, day: string): string {
  return `${day}T${serviceDayBegins}:00+08:00`;
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

export const weekdayOf = (day: string): (typeof WEEKDAYS)[number] => WEEKDAYS[new Date(`${day}T00:00Z`).getUTCDay()]!;

/** The day so many days after another one. */
export const dayAfter = (day: string, days = 1): string =>
  new Date(Date.parse(`${day}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The Monday of a day's week. */
export function weekOf(day: string): string {
  const sinceMonday = (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7;
  return dayAfter(day, -sinceMonday);
}

export const minutesBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / MINUTE_MS;

/** Minutes of a stay that lie in the daily window, and whether any of it lies outside. */
export function minutesInWindow(from: string, to: string, window: { readonly from: string; readonly to: string }) {
  const [start, end] = [shanghai(from), shanghai(to)];
  let inside = 0;
  for (let midnight = Math.floor(start / DAY_MS) * DAY_MS; midnight < end; midnight += DAY_MS) {
    const opens = midnight + minutesOf(window.from) * MINUTE_MS;
    const closes = midnight + minutesOf(window.to) * MINUTE_MS;
    inside += Math.max(0, Math.min(end, closes) - Math.max(start, opens));
  }
  return { insideMinutes: inside / MINUTE_MS, touchesOutside: inside < end - start };
}
