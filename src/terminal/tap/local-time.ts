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
  const whole = new Date(at.getTime() + utcOffsetMinutes * 60_000).toISOString();
  const start = whole.indexOf('T');
  const instant = whole.slice(0, start + 1 + TIME_LENGTH) + offsetText(utcOffsetMinutes);
  return { instant, date: whole.slice(0, start), time: whole.slice(start + 1, start + 1 + TIME_LENGTH) };
}

const TIME_LENGTH = '08:25:00'.length;

/** `+08:00`. */
function offsetText(utcOffsetMinutes: number): string {
  const minutes = Math.abs(utcOffsetMinutes);
  return `${utcOffsetMinutes < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(Math.floor(minutes % 60))}`;
}

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));
