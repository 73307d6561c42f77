import type { FareCard, PricedCard } from '../fares/index.js';
import type { JourneysTable } from '../storage/index.js';
import type { ChangedUse } from './campaign-uses.js';
import type { BookedTap } from './read-spans.js';

/** A tap whose price is asked for. */
export type AskedTap = Pick<BookedTap, 'cardToken' | 'service' | 'at'> & {
  /** Whether it has just been set aside or let back: its neighbours are not what they were. */
  readonly isMoved?: boolean;
};

/** One card as its taps stand now, beside what is kept of its journeys. */
export interface RepricedCard {
  readonly cardToken: string;
  /** What is known of it, as its price sees it. */
  readonly card: FareCard;
  readonly taps: ReadonlyMap<string, BookedTap>;
  readonly priced: PricedCard;
  readonly keptJourneys: readonly JourneysTable[];
  /** How often campaigns are used now on days on which it was not so before. */
  readonly uses: readonly ChangedUse[];
}
