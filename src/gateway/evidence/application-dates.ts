import { toHex } from '../../../emv/bytes.js';

/** A date (YYYY-MM-DD) as terminals and cards write it: YYMMDD. */
export const sixDigitDate = (date: string): string => date.slice(2).replaceAll('-', '');

/** Years 50 to 99 are of the last century (EMV 4.3 Book 4 §6.7.3); `undefined` where it is no date. */
function dateOf(value: Uint8Array): string | undefined {
  const match = /^(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.exec(toHex(value));
  if (!match) return undefined;
  const [, year = '', month = '', day = ''] = match;
  return `${Number(year) < 50 ? '20' : '19'}${year}-${month}-${day}`;
}

/** Whether a card's last day (5F24) is over on a day, or is no day. */
export function isExpired(expirationDate: Uint8Array, date: string): boolean {
  const lastDay = dateOf(expirationDate);
  return lastDay === undefined || lastDay < date;
}

/** Whether a card's first day (5F25), where it has one, is still to come on a day, or is no day. */
export function isNotYetEffective(effectiveDate: Uint8Array | undefined, date: string): boolean {
  if (!effectiveDate) return false;
  const firstDay = dateOf(effectiveDate);
  return firstDay === undefined || firstDay > date;
}
