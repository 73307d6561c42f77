import { decodeNumeric, toHex } from '../../../emv/bytes.js';
import type { DataMap } from '../../../emv/tlv/index.js';

const HOURS_IN_CHINA = 8;

/** YYYY-MM-DD: the day that the card has signed (9A), or the day in China where there is none. */
export function transactionDate(data: DataMap, clock: () => Date): string {
  const date = data.get('9A');
  if (date?.length === 3 && decodeNumeric(date) !== undefined) {
    const [year, month, day] = toHex(date).match(/../g)!;
    return `20${year}-${month}-${day}`;
  }
  const inChina = new Date(clock().getTime() + HOURS_IN_CHINA * 3_600_000);
  return inChina.toISOString().slice(0, 10);
}
