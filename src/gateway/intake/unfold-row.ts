import type { Kysely } from 'kysely';
import type { Tables } from '../storage/index.js';
import { type PackedReceipt, type ReceiptTap, stepsIn, unpackReceipt } from './kept-receipt.js';
import { readPriceSteps } from './price-steps.js';

type Row = Readonly<Record<string, unknown>>;

/** A row of taps, journeys or charges with its receipt and the steps of its price in full, as JSON; any other as it is. */
export async function unfoldRow(kysely: Kysely<Tables>, row: Row): Promise<Row> {
  const { receipt, steps } = row;
  if (typeof steps === 'string') return { ...row, steps: (await readPriceSteps(kysely, [steps]))(steps) };
  if (typeof receipt !== 'string') return row;
  const packed = JSON.parse(receipt) as PackedReceipt;
  const stepsOf = await readPriceSteps(kysely, stepsIn(packed));
  return { ...row, receipt: JSON.stringify(unpackReceipt(row as unknown as ReceiptTap, packed, stepsOf)) };
}
