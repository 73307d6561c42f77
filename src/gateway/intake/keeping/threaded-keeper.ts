import type { LogSync } from '../../storage/index.js';
import { AskedThread } from '../../threads/asked-thread.js';
import type { TapToKeep } from '../examine-tap.js';
import type { IntakeObserver } from '../intake-observer.js';
import { joinTaps } from '../joined-taps.js';
import type { Keeper, KeptTaps } from './keeper.js';
import type { Kept, ThreadSetUp, ToKeep } from './messages.js';

export interface ThreadedKeeperOptions extends ThreadSetUp {
  readonly clock: () => Date;
  readonly observer: Pick<IntakeObserver, 'booked'>;
  /** Where the thread's commits do not outlive a loss of power by themselves. */
  readonly logSync?: LogSync | undefined;
}

/** Keeps taps in a thread of its own, over a connection of its own. */
export class ThreadedKeeper implements Keeper {
  readonly #options: ThreadedKeeperOptions;
  readonly #thread: AskedThread<ToKeep | 'close', Kept | undefined>;

  constructor(options: ThreadedKeeperOptions) {
    const { location, rules } = options;
    this.#options = options;
    const setUp = (): ThreadSetUp => ({ location, rules });
    this.#thread = new AskedThread({ file: 'keeper-thread.js', setUp });
  }

  async keep(taps: readonly TapToKeep[], isBehind: boolean): Promise<KeptTaps> {
    const { clock, logSync, observer } = this.#options;
    const joined = joinTaps(taps);
    const nowMs = taps.map((tap) => tap.nowMs);
    const uploadedAtMs = taps.map((tap) => tap.uploadedAtMs);
    const aheadMs = clock().getTime() - Date.now();
    const toKeep = { isBehind, taps: joined, nowMs, uploadedAtMs, aheadMs };
    const { answers, booked } = (await this.#thread.ask(toKeep, [joined.sealed.buffer]))!;
    if (booked) observer.booked(booked);
    const durable = logSync?.sync() ?? Promise.resolve();
    return { answers, durable };
  }

  async close(): Promise<void> {
    await this.#thread.finish('close');
    await this.#options.logSync?.close();
  }
}
