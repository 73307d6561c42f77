import { toHex } from '../bytes.js';

/** `YYMMDD` or `YYYYMMDD` in format n as an ISO 8601 date; years up to 49 are of this century (EMV 4.3 Book 4 §6.7.3). */
export function readDate(bytes: Uint8Array, yearDigits: 2 | 4): string | undefined {
  const digits = toHex(bytes);
  if (digits.length !== yearDigits + 4 || !/^\d+$/.test(digits)) return undefined;
  const year = fullYear(digits.slice(0, yearDigits));
  const date = `${year}-${digits.slice(yearDigits, -2)}-${digits.slice(-2)}`;
  const instant = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== date ? undefined : date;
}

/** `YYMM` as `YYYY-MM`, the form of track 2. */
export function readMonth(digits: string): string | undefined {
  return /^\d\d(0[1-9]|1[0-2])$/.test(digits) ? `${fullYear(digits.slice(0, 2))}-${digits.slice(2)}` : undefined;
}

/** `HHMMSS` in format n as `HH:MM:SS`. */
export function readTime(bytes: Uint8Array): string | undefined {
  const found = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/.exec(toHex(bytes));
  return found === null ? undefined : found.slice(1).join(':');
}

/** `YYYYMMDDHHMMSS` in format n as date and time, or the one of them that is there. */
export const readInstant = (bytes: Uint8Array): string | undefined =>
  bytes.every((byte) => byte === 0)
    ? undefined
    : [readDate(bytes.subarray(0, 4), 4), readTime(bytes.subarray(4))].filter(Boolean).join(' ') || undefined;

const fullYear = (year: string): string => (year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`);
