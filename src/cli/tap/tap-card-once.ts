import { panIn } from '../../tap/index.js';
import type { TapExchange } from '../../terminal/index.js';
import type { Deliverer, Delivery } from './deliver.js';
import type { OpenTerminal } from './open-terminal.js';
import type { OpenedCard } from './opened-card.js';
import { runTap } from './run-tap.js';
import type { TapPrinter } from './tap-printer.js';
import { type TimedTap, timeTap } from './timed-tap.js';

export interface EndedTap {
  readonly tap: TimedTap;
  /** Why the recording does not hold it. */
  readonly unrecorded?: Error | undefined;
  /** Settles when the gateway has answered or has not; the card is needed no more. */
  readonly delivered: Promise<Delivery | undefined>;
}

/** One tap of a card that lies there: run, told, recorded, and on its way to the gateway. */
export async function tapCardOnce(
  { bench, clock, lists, queue, random, recordingFile, trust }: OpenTerminal,
  card: OpenedCard,
  { deliverer, printer }: { readonly deliverer: Deliverer; readonly printer: TapPrinter },
): Promise<EndedTap> {
  const { channel, struck, timekeeper } = card;
  const at = clock();
  const exchanges: TapExchange[] = [];
  const kept = await runTap(queue, bench, {
    ...trust,
    ...(lists?.denyList && { denyList: lists.denyList }),
    channel,
    clock: () => at,
    ...(random && { random }),
    onExchange: (exchange) => {
      exchanges.push(exchange);
      timekeeper.note(exchange);
    },
  }).catch((error: unknown) => {
    printer.trace(exchanges);
    throw error;
  });
  const member = lists?.memberOf(panIn(kept.result.transaction) ?? '');
  const tap = await timeTap({ ...kept, ...(member && { member }), ...(struck && { struck }) }, timekeeper);
  printer.trace(tap.exchanges);
  printer.decided(tap);
  await card.signal?.(kept.result.accepted);
  const unrecorded = await recordingFile?.add({ ...tap, bench, at, channel, ...trust }).then(
    () => undefined,
    (error: Error) => error,
  );
  const delivered = deliverer.deliver(kept.record).then((delivery) => {
    printer.finish(tap, delivery);
    return delivery;
  });
  return { tap, unrecorded, delivered };
}
