import type { Cards } from '../cards/index.js';
import type { MembershipOptions } from '../membership/index.js';
import type { CollectionPolicy } from './collection-policy.js';

/** What the room of lists is told from outside. */
export interface CollectionOptions extends MembershipOptions {
  readonly collectionPolicy: CollectionPolicy;
  /** Where a card is ordered for each new member. */
  readonly cards: Cards;
  /** Who accepts a list waits for so many of its rows; a job records the others. Default 1000. */
  readonly rowsAtOnce?: number | undefined;
}
