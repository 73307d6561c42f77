import { UPDATED_RECORD_LENGTH_MAX } from '../../../apdu/index.js';
import { encodeCappRecord, encodeTradeRecord, type TradeRecord } from '../../../values/index.js';
import type { RecordReference } from '../port-request.js';
import { refuseTrade } from '../refusals.js';
import { askPort, type SmallPaymentExchange } from '../small-payment-exchange.js';
import { type CappContents, cappFiles, cappIndicators, type Trade, type TradeDecision } from '../trade.js';
import { fieldsOf, type ReadTrade, readTradeOf, ridesWithThis } from './trade-record.js';

/** A validator that gives a discount by the record of the right to it and by the last rides. */
export interface DiscountTradeOptions {
  readonly reference: Required<RecordReference>;
  /** YYYYMMDDhhmmss. */
  readonly time: string;
  /** The fare without a discount, in the smallest unit. */
  readonly fare: number;
  /** What this ride is, for the cyclic file; time and amount are filled in. */
  readonly ride: TradeRecord;
  /** How many of the last rides the discount looks at. */
  readonly ridesRead: number;
}

/**
 * One fare with a discount: transfer, students, seniors (JR/T 0025.14-2013 7). The fare is known before GET PROCESSING
 * OPTIONS: past its last day the discount gives none, else the fare is asked for with record and last rides. The use is
 * counted in the record, and the ride becomes the newest of the cyclic file.
 */
export function discountTrade(options: DiscountTradeOptions): Trade {
  return {
    reference: options.reference,
    ridesRead: options.ridesRead,
    needsBalance: false,
    needsPreAuthorization: false,
    decideWithout: () => ({ kind: 'plain', amount: options.fare }),
    *decide(found) {
      const read = readTradeOf('discount', found);
      if (!read.ok) return read.decision;
      return yield* discounted(options, read, found);
    },
  };
}

function* discounted(
  { fare, reference, ride, time }: DiscountTradeOptions,
  { fields, record }: ReadTrade,
  { rides }: CappContents,
): SmallPaymentExchange<TradeDecision> {
  const isValid = String(fields.validUntil) >= time;
  const amount = isValid
    ? (yield* askPort<'fare'>({
        kind: 'fare',
        service: 'ride',
        record: fields,
        rides: rides.map((data) => fieldsOf('ride', data)).filter((fields) => fields !== undefined),
        time,
      })).amount
    : fare;
  if (amount === undefined) return refuseTrade('fare-unknown');
  const updates = [
    ...(isValid ? [{ ...reference, record: counted({ fields, record }) }] : []),
    ...rideUpdate({ ...ride, time, amount }, rides[0]),
  ];
  return { kind: 'extended', indicator: cappIndicators.segmentDeduction, amount, updates };
}

function counted({ fields, record }: ReadTrade): Uint8Array {
  const data = new Uint8Array(record.data);
  data.set(encodeTradeRecord('discount', { ...fields, ridesUsed: ridesWithThis(fields) }));
  return encodeCappRecord({ ...record, data });
}

/**
 * The records of the cyclic file have one length; a card without any has nothing to overwrite (A.2.1), and one longer
 * than a command cannot be.
 */
function rideUpdate(ride: TradeRecord, newest: Uint8Array | undefined) {
  const data = encodeTradeRecord('ride', ride);
  if (newest === undefined || newest.length < data.length || newest.length > UPDATED_RECORD_LENGTH_MAX) return [];
  const record = new Uint8Array(newest.length);
  record.set(data);
  return [{ shortFileIdentifier: cappFiles.cyclic, record }];
}
