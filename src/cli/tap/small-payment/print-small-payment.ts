import {
  isJourneyOpen,
  type QpbocOutcome,
  readCappRecord,
  readTradeRecord,
  type SmallPaymentOutcome,
  tradeRecordLength,
} from '../../../../emv/index.js';
import type { Colours } from '../../colours.js';

/** What a tap of the small-payment extension wrote on the card, a line for each record. */
export function printSmallPayment(transaction: QpbocOutcome | SmallPaymentOutcome, colours: Colours): string[] {
  if (!('updates' in transaction) || transaction.debit === 'none') return [];
  return transaction.updates.flatMap(({ identifier, record }) => {
    if (identifier === undefined) return [];
    const { data } = readCappRecord(record);
    if (data.length < tradeRecordLength('journey')) return [];
    const journey = readTradeRecord('journey', data);
    const { entryTime, entryStation, exitTime, exitStation } = journey;
    const exit = isJourneyOpen(journey) ? 'open' : `exit ${exitTime} at ${exitStation}`;
    return [`  on the card: entry ${entryTime} at ${entryStation}, ${exit} ${colours.dim('[CAPP record]')}`];
  });
}
