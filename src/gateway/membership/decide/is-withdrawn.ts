import type { CardHistory } from './card-history.js';

/**
 * Whether the benefits of a card ended when its member left, and did not come back when the member joined again: they do
 * with a card that was activated since, or with this one where it was said to be active since.
 */
export function isWithdrawn({ isAnyCard, memberships = [], states }: CardHistory, at: string): boolean {
  if (isAnyCard || memberships.length === 0) return false;
  const instant = Date.parse(at);
  const until = (from: string): number => (Date.parse(from) <= instant ? Date.parse(from) : Number.NEGATIVE_INFINITY);
  const left = Math.max(...memberships.map(({ change, from }) => (change === 'left' ? until(from) : -Infinity)));
  if (left === Number.NEGATIVE_INFINITY) return false;
  return !states.some(({ state, from }) => (state === 'active' || state === 'inactive') && until(from) > left);
}
