import type { MembershipOptions } from '../membership/index.js';
import type { CardPolicy } from './card-policy-schema.js';

/** What the room of cards is told from outside: books, keys, time and randomness as membership's, and its own policy. */
export interface CardOptions extends MembershipOptions {
  readonly cardPolicy: CardPolicy;
  /** The service day of an instant: in whose settlement a fee goes. */
  readonly dayOf: (instant: string) => string;
  /** Called when a card was reported lost and that is durable; who reports waits for it. */
  readonly afterLoss?: (() => Promise<void>) | undefined;
}
