import type { TapExchange } from '../../terminal/index.js';
import type { KeptTap } from './run-tap.js';
import { splitTime, type TapTiming } from './timing/split-time.js';
import type { ExchangeSplit } from './timing/timed-exchange.js';
import type { Timekeeper } from './timing/timekeeper.js';

/** A tap that was kept, with where its time went. */
export interface TimedTap extends KeptTap {
  readonly exchanges: readonly (TapExchange & ExchangeSplit)[];
  readonly timing: TapTiming;
}

/** What the exchanges leave of the time to the decision came after the last answer. */
export async function timeTap(kept: KeptTap, timekeeper: Timekeeper): Promise<TimedTap> {
  const { keptUs, result } = kept;
  const last = result.trace.at(-1);
  const answeredUs = last === undefined ? 0 : last.at * 1000 + last.elapsedUs;
  const decisionUs = Math.max(0, Math.round(result.timing.totalMs * 1000 - answeredUs));
  const { exchanges, method } = await timekeeper.split(result.trace);
  const timing = splitTime(exchanges, method, timekeeper.afterwards({ decisionUs, keptUs }));
  return { ...kept, exchanges, timing };
}
