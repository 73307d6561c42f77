import { fromHex } from '../../../emv/bytes.js';
import { cappFiles, type JourneyTradeOptions } from '../../../emv/kernel/index.js';
import type { TapEvent } from '../../tap/index.js';
import type { LocalTime } from '../tap/local-time.js';
import type { SmallPaymentExtension } from './extension-schema.js';
import type { PlaceCode } from './small-payment-ports.js';

const FORMAT_VERSION = 1;
const RIDING = 1;
const SEQUENCE_MODULUS = 2 ** 32;

/** What of a tap goes into the trade's record. */
export interface TradeTap {
  readonly event: TapEvent;
  readonly at: LocalTime;
  readonly here: PlaceCode;
  readonly sequence: number;
  /** What a card without the record pays at a terminal that takes it. */
  readonly amountFen: number;
}

/** The trade of a profile's extension at this event; `entry` and `start` open a journey, `exit` and `end` close it. */
export function tradeOf(extension: SmallPaymentExtension, tap: TradeTap): JourneyTradeOptions {
  const { cityCode, layout, minimumBalanceFen, openJourney, operatorCode, record, trade } = extension;
  const isEntry = tap.event === 'entry' || tap.event === 'start';
  const sequence = tap.sequence % SEQUENCE_MODULUS;
  const line = layout === 'journey';
  return {
    reference: { shortFileIdentifier: cappFiles[trade], identifier: fromHex(record) },
    layout,
    event: isEntry ? 'entry' : 'exit',
    time: tap.at.date.replaceAll('-', '') + tap.at.time.replaceAll(':', ''),
    fields: isEntry
      ? {
          cityCode,
          operatorCode,
          formatVersion: FORMAT_VERSION,
          transactionFlag: RIDING,
          ...(line && { entryLine: tap.here.line }),
          entryStation: tap.here.station,
          entrySequence: sequence,
        }
      : { ...(line && { exitLine: tap.here.line }), exitStation: tap.here.station, exitSequence: sequence },
    minimumBalance: minimumBalanceFen,
    openJourney,
    ...(extension.withoutRecord === 'plain' && { withoutRecord: { amount: tap.amountFen } }),
  };
}
