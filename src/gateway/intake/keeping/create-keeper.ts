import { acceptTaps } from '../accept-taps.js';
import { toExaminedTap } from '../examine-tap.js';
import type { BookingOptions } from '../intake-options.js';
import type { Keeper } from './keeper.js';

/** Keeps taps in the caller's own thread. */
export function createKeeper(options: BookingOptions): Keeper {
  return {
    keep: async (taps) => ({
      answers: await acceptTaps(
        options,
        taps.map((tap) => toExaminedTap(tap, options)),
      ),
      durable: Promise.resolve(),
    }),
    close: async () => {},
  };
}
