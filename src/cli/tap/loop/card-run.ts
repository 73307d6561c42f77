import type { OpenedCard } from '../opened-card.js';
import type { TapTally } from '../tap-tally.js';

/** What one command does with each card that comes, by radio or in a slot. */
export interface CardRun {
  readonly tally: Pick<TapTally, 'line' | 'taps'>;
  /** Taps the card that lies there. When this settles it may be taken away. */
  tap(card: OpenedCard): Promise<void>;
  /** Waits until every tap is told, and tells of several what they come to. */
  end(): Promise<void>;
  /** What the shell is answered. */
  readonly exitCode: number;
}
