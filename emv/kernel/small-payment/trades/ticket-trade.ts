import { encodeCappRecord, encodeTradeRecord, type TradeRecord } from '../../../values/index.js';
import type { RecordReference } from '../port-request.js';
import { refuseTrade } from '../refusals.js';
import type { SmallPaymentExchange } from '../small-payment-exchange.js';
import { cappIndicators, type Trade, type TradeDecision } from '../trade.js';
import { type ReadTrade, readTradeOf, ridesWithThis, withAuthorizationCode } from './trade-record.js';

/** A bus validator that takes day and month tickets. */
export interface TicketTradeOptions {
  readonly reference: Required<RecordReference>;
  /** YYYYMMDDhhmmss. */
  readonly time: string;
  /** The fare of a ride without a ticket, in the smallest unit. */
  readonly fare: number;
}

/** Kinds of ticket: a number of rides at an even price each, or any number for one price. */
const LIMITED = 1;
const UNLIMITED = 2;
const NEVER = '0'.repeat(14);
const DAY_MS = 86_400_000;

/**
 * Day and month tickets (JR/T 0025.14-2013 E.2): each ride of a limited one costs price / rides, rounded down to the
 * smallest unit, and the last one what is left; of an unlimited one the first ride costs all and the others nothing.
 * Valid from the first use on, for as many days as the record says, the first one included. A card without a ticket
 * pays the fare in plain qPBOC.
 */
export function ticketTrade(options: TicketTradeOptions): Trade {
  return {
    reference: options.reference,
    ridesRead: 0,
    needsBalance: false,
    needsPreAuthorization: false,
    decideWithout: () => ({ kind: 'plain', amount: options.fare }),
    *decide(found) {
      const read = readTradeOf('ticket', found);
      if (!read.ok) return read.decision;
      const price = priceOf(read.fields, options.time);
      return price === undefined ? refuseTrade('ticket-expired') : yield* use(options, read, price);
    },
  };
}

/** `undefined`: the ticket has ended, by its days or by its rides. */
function priceOf(ticket: TradeRecord, time: string): number | undefined {
  const [price, rides, used] = [ticket.price, ticket.ridesAllowed, ticket.ridesUsed].map(Number) as [
    number,
    number,
    number,
  ];
  if (!isValidOn(ticket, time)) return undefined;
  if (ticket.ticketType === UNLIMITED) return used === 0 ? price : 0;
  if (ticket.ticketType !== LIMITED || used >= rides) return undefined;
  const each = Math.floor(price / rides);
  return used === rides - 1 ? price - each * (rides - 1) : each;
}

function isValidOn({ firstUse, validityDays }: TradeRecord, time: string): boolean {
  if (firstUse === NEVER) return true;
  return (dayOf(time) - dayOf(String(firstUse))) / DAY_MS < Number(validityDays) && time >= String(firstUse);
}

const dayOf = (time: string): number =>
  Date.UTC(Number(time.slice(0, 4)), Number(time.slice(4, 6)) - 1, Number(time.slice(6, 8)));

function* use(
  { reference, time }: TicketTradeOptions,
  { fields, record }: ReadTrade,
  amount: number,
): SmallPaymentExchange<TradeDecision> {
  const firstUse = fields.firstUse === NEVER ? time : fields.firstUse!;
  const after = encodeTradeRecord('ticket', { ...fields, firstUse, ridesUsed: ridesWithThis(fields) });
  const data = yield* withAuthorizationCode('ticket', reference, after, record.data);
  const updates = [{ ...reference, record: encodeCappRecord({ ...record, data }) }];
  return { kind: 'extended', indicator: cappIndicators.segmentDeduction, amount, updates };
}
