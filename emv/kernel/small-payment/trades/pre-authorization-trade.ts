import { cappRecordKinds, encodeCappRecord, encodeTradeRecord, type TradeRecord } from '../../../values/index.js';
import type { RecordReference } from '../port-request.js';
import { refuseTrade } from '../refusals.js';
import { askPort, type SmallPaymentExchange } from '../small-payment-exchange.js';
import { cappIndicators, type Trade, type TradeDecision } from '../trade.js';
import { type ReadTrade, readTradeOf } from './trade-record.js';

/** A terminal that freezes an amount at the first tap and takes the real one at the second. */
export interface PreAuthorizationTradeOptions {
  readonly reference: Required<RecordReference>;
  /** What is frozen, in the smallest unit. */
  readonly amount: number;
  /** YYYYMMDDhhmmss. */
  readonly time: string;
  /** YYYYMMDDhhmmss: to the end of which a pre-authorization made now may be completed. */
  readonly validUntil: string;
  readonly terminal: number;
  readonly merchant: number;
  /** Which step this terminal does; default: what the record asks for (JR/T 0025.14-2013 6.2.1, step 5). */
  readonly step?: 'start' | 'end' | undefined;
}

const COMPLETED = 0;
const OPEN = 1;

/**
 * Offline pre-authorization and its completion (JR/T 0025.14-2013 6): the trade's record says whether one is open. Its
 * amount is asked for as a fare when it is completed; where and by whom it was begun stays in the record, for the
 * upload names both (6.2.6). After `validUntil` nothing is completed: the operator settles with the issuer.
 */
export function preAuthorizationTrade(options: PreAuthorizationTradeOptions): Trade {
  return {
    reference: options.reference,
    ridesRead: 0,
    needsBalance: false,
    needsPreAuthorization: true,
    decideWithout: () => refuseTrade('extension-not-supported'),
    *decide(found) {
      const read = readTradeOf('preAuthorization', found);
      if (!read.ok) return read.decision;
      const isOpen = read.fields.state === OPEN;
      const step = options.step ?? (isOpen ? 'end' : 'start');
      if (step === 'start') return isOpen ? refuseTrade('pre-authorization-open') : start(options, read);
      return isOpen ? yield* complete(options, read) : refuseTrade('pre-authorization-missing');
    },
  };
}

function start(options: PreAuthorizationTradeOptions, { record }: ReadTrade): TradeDecision {
  const { amount, merchant, reference, terminal, time, validUntil } = options;
  const fields = {
    state: OPEN,
    amount,
    startTime: time,
    validUntil,
    startTerminal: terminal,
    startMerchant: merchant,
  };
  return decision(cappIndicators.preAuthorization, amount, reference, record, fields);
}

function* complete(
  { reference, time }: PreAuthorizationTradeOptions,
  { fields, record }: ReadTrade,
): SmallPaymentExchange<TradeDecision> {
  if (String(fields.validUntil) < time) return refuseTrade('pre-authorization-expired');
  const { amount } = yield* askPort<'fare'>({
    kind: 'fare',
    service: 'pre-authorization',
    record: fields,
    rides: [],
    time,
  });
  if (amount === undefined) return refuseTrade('fare-unknown');
  const after = { ...fields, state: COMPLETED, endTime: time, endAmount: amount };
  return decision(cappIndicators.completion, amount, reference, record, after);
}

function decision(
  indicator: typeof cappIndicators.preAuthorization | typeof cappIndicators.completion,
  amount: number,
  reference: Required<RecordReference>,
  record: ReadTrade['record'],
  fields: TradeRecord,
): TradeDecision {
  const data = new Uint8Array(record.data);
  data.set(encodeTradeRecord('preAuthorization', fields));
  const bytes = encodeCappRecord({ ...record, kind: cappRecordKinds.preAuthorization, data });
  return { kind: 'extended', indicator, amount, updates: [{ ...reference, record: bytes }] };
}
