import { UPDATED_RECORD_LENGTH_MAX } from '../../../apdu/index.js';
import { concat } from '../../../bytes.js';
import {
  CAPP_RECORD_HEADER_LENGTH,
  type CappRecord,
  readTradeRecord,
  type TradeLayout,
  type TradeRecord,
  tradeFields,
  ValueError,
} from '../../../values/index.js';
import type { OutcomeReason } from '../../transaction-outcome.js';
import type { RecordReference } from '../port-request.js';
import { refuseTrade } from '../refusals.js';
import { askPort, type SmallPaymentExchange } from '../small-payment-exchange.js';
import type { CappContents, TradeDecision } from '../trade.js';

/** A trade's record and its fields. */
export interface ReadTrade {
  readonly record: CappRecord;
  readonly fields: TradeRecord;
}

type Reading = ({ readonly ok: true } & ReadTrade) | { readonly ok: false; readonly decision: TradeDecision };

const refuse = (reason: OutcomeReason): Reading => ({ ok: false, decision: refuseTrade(reason) });

/** The fields of the record that was found; a locked one, one of another layout and one too long to write are refused. */
export function readTradeOf(layout: TradeLayout, { record }: CappContents): Reading {
  if (record === undefined) return refuse('extension-not-supported');
  if (record.locked) return refuse('trade-record-locked');
  const isWritable = CAPP_RECORD_HEADER_LENGTH + record.data.length <= UPDATED_RECORD_LENGTH_MAX;
  const fields = isWritable ? fieldsOf(layout, record.data) : undefined;
  return fields === undefined ? refuse('trade-record-invalid') : { ok: true, record, fields };
}

/** The fields of data from a card, or `undefined` where they are none of that layout. */
export function fieldsOf(layout: TradeLayout, data: Uint8Array): TradeRecord | undefined {
  try {
    return readTradeRecord(layout, data);
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

const COUNT_MAX = 0xffff;

/** How often a ticket or a discount has been used, with this ride; the count ends where its field does. */
export const ridesWithThis = ({ ridesUsed }: TradeRecord): number => Math.min(COUNT_MAX, Number(ridesUsed) + 1);

/**
 * The data as they are written: the trade's own authorization code (TAC) where the layout ends in one, and behind the
 * layout what stood there, for a record keeps its length.
 */
export function* withAuthorizationCode(
  layout: TradeLayout,
  reference: RecordReference,
  data: Uint8Array,
  before: Uint8Array,
): SmallPaymentExchange<Uint8Array> {
  const rest = before.subarray(data.length);
  const last = tradeFields(layout).at(-1)!;
  if (last.format !== 'code') return concat(data, rest);
  const uncoded = concat(data.subarray(0, -last.length), new Uint8Array(last.length));
  const { code } = yield* askPort<'authorization-code'>({ kind: 'authorization-code', ...reference, data: uncoded });
  return concat(uncoded.subarray(0, -last.length), code, rest);
}
