import { createHash } from 'node:crypto';
import { onceFor } from '../../../../emv/once-for.js';
import { SeededRandom } from '../seeded-random.js';
import type { Shares } from '../shares.js';

/** All that a day follows from. */
export interface FleetPlan {
  readonly cards: number;
  /** Presentations of a card to a terminal, a torn one that is presented again counted once. */
  readonly taps: number;
  readonly seed: string;
  /** The service day, YYYY-MM-DD. */
  readonly day: string;
  readonly shares: Shares;
  /** So many card keys serve all cards in turn; absent: each card has its own. */
  readonly keys?: number | undefined;
}

/** What tells the cards and terminals of this day from those of any other plan: 8 hex digits. */
export const tagOf = onceFor(({ cards, taps, seed, day, shares, keys }: FleetPlan): string => {
  const text = JSON.stringify([cards, taps, seed, day, Object.entries(shares).sort(), keys ?? 'own']);
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
});

/** Numbers of a day for one purpose, whoever asks for them and when. */
export const randomFor = (plan: FleetPlan, ...purpose: readonly (string | number)[]): SeededRandom =>
  new SeededRandom([tagOf(plan), ...purpose].join('/'));
