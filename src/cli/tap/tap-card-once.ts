import type { TapExchange } from '../../terminal/index.js';
import type { Deliverer, Delivery } from './deliver.js';
import type { OpenedCard } from './open-channel.js';
import type { OpenTerminal } from './open-terminal.js';
import { runTap } from './run-tap.js';
import type { TapPrinter } from './tap-printer.js';
import { type TimedTap, timeTap } from './timed-tap.js';
import type { ExchangeSplit } from './timing/timed-exchange.js';

export interface EndedTap {
  readonly tap: TimedTap;
  /** Why the recording does not hold it. */
  readonly unrecorded?: Error | undefined;
  /** Settles when the gateway has answered or has not; the card is needed no more. */
  readonly delivered: Promise<Delivery | undefined>;
}

/** One tap of a card that lies there: run, told, recorded, and on its way to the gateway. */
export async function tapCardOnce(
  { bench, clock, queue, random, recordingFile, trust }: OpenTerminal,
  { channel, struck, timekeeper }: Pick<OpenedCard, 'channel' | 'struck' | 'timekeeper'>,
  { deliverer, printer }: { readonly deliverer: Deliverer; readonly printer: TapPrinter },
): Promise<EndedTap> {
  const at = clock();
  const exchanges: (TapExchange & ExchangeSplit)[] = [];
  const kept = await runTap(queue, bench, {
    ...trust,
    channel,
    clock: () => at,
    ...(random && { random }),
    onExchange: (exchange) => exchanges.push(timekeeper.time(exchange)),
  }).finally(() => printer.trace(exchanges));
  const tap = timeTap({ ...kept, ...(struck && { struck }) }, exchanges, timekeeper);
  printer.decided(tap);
  const unrecorded = await recordingFile?.add({ ...tap, bench, at, channel, caKeys: trust.caKeys }).then(
    () => undefined,
    (error: Error) => error,
  );
  const delivered = deliverer.deliver(kept.record).then((delivery) => {
    printer.finish(tap, delivery);
    return delivery;
  });
  return { tap, unrecorded, delivered };
}
