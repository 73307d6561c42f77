import type { CardChannel } from '../../readers/index.js';
import type { TapExchange } from '../../terminal/index.js';
import type { Deliverer, Delivery } from './deliver.js';
import type { OpenTerminal } from './open-terminal.js';
import { type KeptTap, runTap } from './run-tap.js';
import type { TapPrinter } from './tap-printer.js';

export interface EndedTap {
  readonly kept: KeptTap;
  /** Why the recording does not hold it. */
  readonly unrecorded?: Error | undefined;
  /** Settles when the gateway has answered or has not; the card is needed no more. */
  readonly delivered: Promise<Delivery | undefined>;
}

/** One tap of a card that lies there: run, told, recorded, and on its way to the gateway. */
export async function tapCardOnce(
  { bench, clock, queue, random, recordingFile, trust }: OpenTerminal,
  channel: CardChannel,
  { deliverer, printer }: { readonly deliverer: Deliverer; readonly printer: TapPrinter },
): Promise<EndedTap> {
  const at = clock();
  const exchanges: TapExchange[] = [];
  const kept = await runTap(queue, bench, {
    ...trust,
    channel,
    clock: () => at,
    ...(random && { random }),
    onExchange: (exchange) => exchanges.push(exchange),
  }).finally(() => printer.trace(exchanges));
  printer.decided(kept);
  const recorded = { bench, at, channel, caKeys: trust.caKeys, result: kept.result };
  const unrecorded = await recordingFile?.add(recorded).then(
    () => undefined,
    (error: Error) => error,
  );
  const delivered = deliverer.deliver(kept.record).then((delivery) => {
    printer.finish(kept, delivery);
    return delivery;
  });
  return { kept, unrecorded, delivered };
}
