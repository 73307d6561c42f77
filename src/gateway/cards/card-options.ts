import type { MembershipOptions } from '../membership/index.js';
import type { CardPolicy } from './card-policy-schema.js';

/** What the room of cards is told from outside: books, keys, time and randomness as membership's, and its own policy. */
export interface CardOptions extends MembershipOptions {
  readonly cardPolicy: CardPolicy;
}
