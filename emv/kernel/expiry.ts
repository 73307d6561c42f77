import { toHex } from '../bytes.js';

/**
 * An application expiration date (5F24, YYMMDD) as YYYY-MM-DD; `undefined` where it is no date. Years 50 to 99 are of
 * the last century (EMV 4.3 Book 4 §6.7.3).
 */
export function expirationDate(value: Uint8Array): string | undefined {
  const match = /^(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.exec(toHex(value));
  if (match === null) return undefined;
  const [, year = '', month = '', day = ''] = match;
  return `${Number(year) < 50 ? '20' : '19'}${year}-${month}-${day}`;
}
