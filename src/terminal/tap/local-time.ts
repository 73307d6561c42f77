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
  const [date, rest] = new Date(at.getTime() + utcOffsetMinutes * 60_000).toISOString().split('T') as [string, string];
  const time = rest.slice(0, 8);
  const twoDigits = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, '0');
  const offset = `${twoDigits(utcOffsetMinutes / 60)}:${twoDigits(utcOffsetMinutes % 60)}`;
  return { instant: `${date}T${time}${utcOffsetMinutes < 0 ? '-' : '+'}${offset}`, date, time };
}
