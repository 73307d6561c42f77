/** An instant as the people at the terminal would say it. */
export interface LocalTime {
  /** ISO 8601 with offset, to the second: `2015-10-03T08:25:00+08:00`. */
  readonly instant: string;
  /** `2015-10-03`. */
  readonly date: string;
  /** `08:25:00`. */
  readonly time: string;
}

/** `utcOffsetMinutes` is 480 in all of China. */
export function localTime(at: Date, utcOffsetMinutes: number): LocalTime {
  const local = at.getTime() + utcOffsetMinutes * 60_000;
  const day = Math.floor(local / DAY_MS);
  const date = dateOf(day);
  const seconds = Math.floor((local - day * DAY_MS) / 1000);
  const hours = Math.floor(seconds / 3600);
  const time = `${twoDigits(hours)}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
  return { instant: `${date}T${time}${offsetText(utcOffsetMinutes)}`, date, time };
}

const DAY_MS = 86_400_000;
let today = { day: Number.NaN, date: '' };

/** The date of a day since 1970; that of the day which was asked for last is known. Throws a `RangeError` where there is none. */
function dateOf(day: number): string {
  if (day === today.day) return today.date;
  const whole = new Date(day * DAY_MS).toISOString();
  today = { day, date: whole.slice(0, whole.indexOf('T')) };
  return today.date;
}

/** `+08:00`. */
function offsetText(utcOffsetMinutes: number): string {
  const minutes = Math.abs(utcOffsetMinutes);
  return `${utcOffsetMinutes < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(Math.floor(minutes % 60))}`;
}

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));
