import type { TapExchange } from '../../terminal/index.js';
import type { Deliverer, Delivery } from './deliver.js';
import type { OpenedCard } from './open-channel.js';
import type { OpenTerminal } from './open-terminal.js';
import { type KeptTap, runTap } from './run-tap.js';
import type { TapPrinter } from './tap-printer.js';
import { splitTime, type TapTiming } from './timing/split-time.js';
import type { ExchangeSplit } from './timing/timed-exchange.js';

/** A tap that was kept, with where its time went. */
export interface TimedTap extends KeptTap {
  readonly exchanges: readonly (TapExchange & ExchangeSplit)[];
  readonly timing: TapTiming;
}

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
  { channel, timekeeper }: Pick<OpenedCard, 'channel' | 'timekeeper'>,
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
  const tap = { ...kept, exchanges, timing: timingOf(kept, exchanges, timekeeper) };
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

function timingOf(
  { keptUs, result }: KeptTap,
  exchanges: TimedTap['exchanges'],
  { afterwards, method }: OpenedCard['timekeeper'],
): TapTiming {
  const last = result.trace.at(-1);
  const answeredUs = last === undefined ? 0 : last.at * 1000 + last.elapsedUs;
  const decisionUs = Math.max(0, Math.round(result.timing.totalMs * 1000 - answeredUs));
  return splitTime(exchanges, method, afterwards({ decisionUs, keptUs }));
}
