import type { StruckFault } from '../../../simulator/index.js';
import type { CardChannel } from '../../readers/index.js';
import type { Timekeeper } from './timing/timekeeper.js';

/** A channel to the card, wherever it lies, who knows its times, and what has to be put away with it. */
export interface OpenedCard {
  readonly channel: CardChannel;
  readonly timekeeper: Timekeeper;
  /** What a software card has done wrong so far. */
  readonly struck?: readonly StruckFault[] | undefined;
  /** Tells the holder by the reader's lamp and buzzer, where that was asked for. */
  signal?(isAccepted: boolean): Promise<void>;
  close(): Promise<void>;
}
