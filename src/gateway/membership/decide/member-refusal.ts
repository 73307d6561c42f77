import type { CardHistory } from './card-history.js';
import { lastBefore } from './card-refusal.js';

export type MemberRefusal = 'not-a-member' | 'not-yet-a-member' | 'member-left';

/** Why a card has no member at an instant; `undefined` where it has one. */
export function memberRefusal({ member, memberships = [] }: CardHistory, at: string): MemberRefusal | undefined {
  if (!member) return 'not-a-member';
  if (memberships.length === 0) return undefined;
  const last = lastBefore(memberships, at);
  if (last) return last.change === 'left' ? 'member-left' : undefined;
  return firstOf(memberships).change === 'joined' ? 'not-yet-a-member' : undefined;
}

const firstOf = <Fact extends { readonly from: string }>(facts: readonly Fact[]): Fact =>
  facts.reduce((first, fact) => (Date.parse(fact.from) < Date.parse(first.from) ? fact : first));
