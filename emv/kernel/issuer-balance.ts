import type { DataMap } from '../tlv/index.js';
import { readIssuerApplicationData, ValueError } from '../values/index.js';

/** The electronic cash that the card tells in 9F10, computed after the debit whether that became final or not. */
export function issuerBalance(card: Pick<DataMap, 'get'>): number | undefined {
  try {
    const value = card.get('9F10');
    return value && readIssuerApplicationData(value).discretionaryData?.amounts.electronicCashBalance;
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}
