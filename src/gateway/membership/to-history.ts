import type { CardHistory, Certification } from './decide/index.js';
import type { CardFacts, MemberFacts } from './facts.js';

type Recorded = { readonly recorded_at_ms: number };

/** The history of a card as it was known at an instant, or as it is known now. `undefined`: it was not known then. */
export function toHistory(facts: CardFacts, knownAtMs = Number.POSITIVE_INFINITY): CardHistory | undefined {
  if (facts.recordedAtMs > knownAtMs) return undefined;
  const known = <Fact extends Recorded>(all: readonly Fact[]): Fact[] =>
    all.filter(({ recorded_at_ms }) => recorded_at_ms <= knownAtMs);
  const isMember = facts.member !== null && facts.memberRecordedAtMs <= knownAtMs;
  const exchanges = known(facts.exchanges).map(({ generation, from, sequence_number }) => ({
    generation,
    from,
    ...(sequence_number !== null && { sequenceNumber: sequence_number }),
  }));
  const states = known(facts.states).map(({ state, from }) => ({ state, from }));
  const ofMember = isMember ? toMemberHistory(facts.ofMember, knownAtMs) : { certifications: [] };
  return {
    generation: facts.generation,
    ...(exchanges.length > 0 && { exchanges }),
    member: isMember,
    ...ofMember,
    states,
  };
}

/** What of a card's history is its member's. */
export function toMemberHistory(
  facts: MemberFacts,
  knownAtMs = Number.POSITIVE_INFINITY,
): Pick<CardHistory, 'memberships' | 'certifications'> {
  const known = <Fact extends Recorded>(all: readonly Fact[]): Fact[] =>
    all.filter(({ recorded_at_ms }) => recorded_at_ms <= knownAtMs);
  const memberships = known(facts.memberships).map(({ change, from }) => ({ change, from }));
  const withdrawals = known(facts.withdrawals);
  return {
    ...(memberships.length > 0 && { memberships }),
    certifications: known(facts.certifications).map(({ year, at, at_ms, by }): Certification => {
      const withdrawn = withdrawals.find((one) => one.year === year && one.at_ms >= at_ms);
      return { year, at, by, ...(withdrawn && { withdrawnAt: withdrawn.at }) };
    }),
  };
}
