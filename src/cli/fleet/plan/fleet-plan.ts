import { createHash } from 'node:crypto';
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

const tags = new WeakMap<FleetPlan, string>();

/** What tells the cards and terminals of this day from those of any other plan: 8 hex digits. */
export function tagOf(plan: FleetPlan): string {
  const tag = tags.get(plan) ?? makeTag(plan);
  tags.set(plan, tag);
  return tag;
}

function makeTag({ cards, taps, seed, day, shares, keys }: FleetPlan): string {
  const text = JSON.stringify([cards, taps, seed, day, Object.entries(shares).sort(), keys ?? 'own']);
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** Numbers of a day for one purpose, whoever asks for them and when. */
export const randomFor = (plan: FleetPlan, ...purpose: readonly (string | number)[]): SeededRandom =>
  new SeededRandom([tagOf(plan), ...purpose].join('/'));
