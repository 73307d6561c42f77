import { acceptTaps } from '../accept-taps.js';
import { type TapToKeep, toExaminedTap } from '../examine-tap.js';
import type { ToldAnswer } from '../intake.js';
import type { BookingOptions } from '../intake-options.js';
import { inTurn } from './in-turn.js';
import type { Keeper } from './keeper.js';

/** Keeps taps in the caller's own thread, group after group: of two contents under one identity the first one counts. */
export function createKeeper(options: BookingOptions): Keeper {
  return {
    keep: inTurn(async (taps: readonly TapToKeep[]) => ({
      answers: await keepTogether(options, taps),
      durable: Promise.resolve(),
    })),
    close: async () => {},
  };
}

/** Keeps one group. Another one that begins meanwhile may come before it: see {@link inTurn}. */
export const keepTogether = (options: BookingOptions, taps: readonly TapToKeep[]): Promise<ToldAnswer[]> =>
  acceptTaps(
    options,
    taps.map((tap) => toExaminedTap(tap, options)),
  );
