import type { TapToKeep } from '../examine-tap.js';
import type { ToldAnswer } from '../intake.js';

/** Taps that are in the books. */
export interface KeptTaps {
  readonly answers: readonly ToldAnswer[];
  /** Settles once they are there for good, whatever becomes of the machine: nobody is answered before. */
  readonly durable: Promise<void>;
}

/** Keeps taps together in the books, wholly or not at all, and prices and books the cards that they prove. */
export interface Keeper {
  /** `isBehind`: only where those handed over just before were kept, of which the caller has not heard yet. */
  keep(taps: readonly TapToKeep[], isBehind: boolean): Promise<KeptTaps>;
  /** Ends what is under way first. */
  close(): Promise<void>;
}
