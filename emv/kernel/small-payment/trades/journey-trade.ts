import { cappRecordKinds, encodeCappRecord, encodeTradeRecord, type TradeRecord } from '../../../values/index.js';
import type { RecordReference } from '../port-request.js';
import { refuseTrade } from '../refusals.js';
import { askPort, type SmallPaymentExchange } from '../small-payment-exchange.js';
import { type CappContents, cappIndicators, type Trade, type TradeDecision } from '../trade.js';
import { type ReadTrade, readTradeOf, withAuthorizationCode } from './trade-record.js';

/** A gate, a toll station or a parking meter, and what happens at it. */
export interface JourneyTradeOptions {
  readonly reference: Required<RecordReference>;
  readonly layout: 'journey' | 'parking';
  readonly event: 'entry' | 'exit';
  /** YYYYMMDDhhmmss. */
  readonly time: string;
  /** The fields of the layout that the terminal fills at this event besides time, amount and code. */
  readonly fields: TradeRecord;
  /** At the entry: what the card must hold at least, in the smallest unit. Default: nothing is asked. */
  readonly minimumBalance?: number | undefined;
  /**
   * What an entry does with a journey that has not ended: the standard refuses (E.1.1.1); an operator may begin a new
   * one and price the other later. Default: refuse.
   */
  readonly openJourney?: 'refuse' | 'begin-anew' | undefined;
  /** What becomes of a card without the trade's record: a plain purchase of that amount, or none. */
  readonly withoutRecord?: { readonly amount: number } | undefined;
}

/**
 * Pays by distance or time (JR/T 0025.14-2013 E.1): an entry is a purchase of 0 that writes where and when, an exit one
 * of the fare. What stands for the other event is kept, so a journey is open while its entry is later than its exit.
 */
export function journeyTrade(options: JourneyTradeOptions): Trade {
  const { event, minimumBalance, reference, withoutRecord } = options;
  return {
    reference,
    ridesRead: 0,
    needsBalance: event === 'entry' && minimumBalance !== undefined,
    needsPreAuthorization: false,
    decideWithout: () =>
      withoutRecord === undefined ? refuseTrade('extension-not-supported') : { kind: 'plain', ...withoutRecord },
    *decide(found) {
      const read = readTradeOf(options.layout, found);
      if (!read.ok) return read.decision;
      return event === 'entry' ? yield* enter(options, read, found) : yield* leave(options, read);
    },
  };
}

/** A journey is open while its entry is later than its exit (JR/T 0025.14-2013 E.1). */
export const isJourneyOpen = ({ entryTime, exitTime }: TradeRecord): boolean => String(entryTime) > String(exitTime);

function* enter(
  options: JourneyTradeOptions,
  read: ReadTrade,
  { balance }: CappContents,
): SmallPaymentExchange<TradeDecision> {
  if (isJourneyOpen(read.fields) && options.openJourney !== 'begin-anew') return refuseTrade('journey-open');
  const { minimumBalance = 0 } = options;
  if (balance !== undefined && balance < minimumBalance) return refuseTrade('balance-too-low');
  return yield* write(options, read, { ...options.fields, entryTime: options.time }, 0);
}

function* leave(options: JourneyTradeOptions, read: ReadTrade): SmallPaymentExchange<TradeDecision> {
  if (!isJourneyOpen(read.fields)) return refuseTrade('journey-missing');
  const { amount } = yield* askPort<'fare'>({
    kind: 'fare',
    service: options.layout,
    record: read.fields,
    rides: [],
    time: options.time,
  });
  if (amount === undefined) return refuseTrade('fare-unknown');
  return yield* write(options, read, { ...options.fields, exitTime: options.time, exitAmount: amount }, amount);
}

function* write(
  { layout, reference }: JourneyTradeOptions,
  { fields, record }: ReadTrade,
  changes: TradeRecord,
  amount: number,
): SmallPaymentExchange<TradeDecision> {
  const data = encodeTradeRecord(layout, { ...fields, ...changes });
  const bytes = encodeCappRecord({
    ...record,
    kind: cappRecordKinds.segmentDeduction,
    data: yield* withAuthorizationCode(layout, reference, data, record.data),
  });
  const updates = [{ ...reference, record: bytes }];
  return { kind: 'extended', indicator: cappIndicators.segmentDeduction, amount, updates };
}
