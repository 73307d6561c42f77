const LAST_DAY = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `undefined` where a file says that there is none (zeros or nothing), `null` for what is no date. */
export type DateReading = string | undefined | null;

/**
 * The last day of a key, YYYY-MM-DD, from the forms that key files have: YYYY-MM-DD, YYYYMMDD, MMDDYYYY, DDMMYYYY (also
 * with separators), YYMMDD, and MMYY for the last day of that month. Two digits of a year are of this century.
 */
export function readDate(text: string): DateReading {
  const trimmed = text.trim();
  const digits = trimmed.replace(/[-/. ]/g, '');
  if (!/^\d*$/.test(digits)) return null;
  if (/^0*$/.test(digits)) return undefined;
  const at = (start: number, end: number) => digits.slice(start, end);
  if (digits.length === 4) return lastDayOf(`20${at(2, 4)}`, at(0, 2)) ?? null;
  if (digits.length === 6) return day(`20${at(0, 2)}`, at(2, 4), at(4, 6)) ?? null;
  if (digits.length !== 8) return null;
  return (
    (/^(19|20)/.test(digits) ? day(at(0, 4), at(4, 6), at(6, 8)) : undefined) ??
    day(at(4, 8), at(0, 2), at(2, 4)) ??
    day(at(4, 8), at(2, 4), at(0, 2)) ??
    null
  );
}

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (LAST_DAY[month - 1] ?? 0);
}

function day(year: string, month: string, dayOfMonth: string): string | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(dayOfMonth)];
  return y >= 1990 && y < 2100 && d >= 1 && d <= daysIn(y, m) ? `${year}-${month}-${dayOfMonth}` : undefined;
}

function lastDayOf(year: string, month: string): string | undefined {
  return day(year, month, String(daysIn(Number(year), Number(month))));
}
