import type { CardGeneration, CardHistory, CardState } from './card-history.js';

export type CardRefusal = 'card-generation' | 'card-inactive' | 'card-lost' | 'card-closed';

/** Why a card must not be tapped at an instant; `undefined` where it may be. */
export function cardRefusal(card: CardHistory, at: string): CardRefusal | undefined {
  if (generationAt(card, at) === 'pboc2') return 'card-generation';
  const state = stateAt(card, at);
  if (state === 'lost') return 'card-lost';
  if (state === 'inactive') return 'card-inactive';
  return state === 'closed' ? 'card-closed' : undefined;
}

export const generationAt = ({ generation, exchanges }: CardHistory, at: string): CardGeneration =>
  (exchanges && lastBefore(exchanges, at)?.generation) ?? generation;

export const stateAt = ({ states }: CardHistory, at: string): CardState => lastBefore(states, at)?.state ?? 'active';

/** The last that began at or before an instant; of two that began together the later one in the list. */
export function lastBefore<Fact extends { readonly from: string }>(
  facts: readonly Fact[],
  at: string,
): Fact | undefined {
  if (facts.length === 0) return undefined;
  const instant = Date.parse(at);
  let found: Fact | undefined;
  let since = Number.NEGATIVE_INFINITY;
  for (const fact of facts) {
    const from = Date.parse(fact.from);
    if (from > instant || from < since) continue;
    found = fact;
    since = from;
  }
  return found;
}
