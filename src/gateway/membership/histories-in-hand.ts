import { groupBy } from '../group-by.js';
import type { CardHistory } from './decide/index.js';
import type { MembershipChanges } from './membership-changes.js';
import { firstGenerationOf } from './record-exchanges.js';

const byInstant = <Fact>(instantOf: (fact: Fact) => string) => {
  const ms = (fact: Fact) => Date.parse(instantOf(fact));
  return (one: Fact, other: Fact): number => ms(one) - ms(other);
};

/** Facts that are said twice are one. */
const once = <Fact>(facts: readonly Fact[], keyOf: (fact: Fact) => string): Fact[] =>
  [...new Map([...facts].reverse().map((fact) => [keyOf(fact), fact])).values()].reverse();

/**
 * The histories of cards of which nothing is known but what is said here, so that they can be written with their cards
 * instead of being read back. The same as those that are read from the facts.
 */
export function historiesInHand(
  changes: MembershipChanges,
  isNewMember: (member: string) => boolean,
): ReadonlyMap<string, string> {
  const certificationsOf = groupBy(changes.certifications, ({ member }) => member);
  const membershipsOf = groupBy(changes.memberships, ({ member }) => member);
  const statesOf = groupBy(changes.states, ({ token }) => token);
  const histories = new Map<string, string>();
  for (const card of changes.cards) {
    const { token, member, generation, generationFrom, sequenceNumber } = card;
    if (member !== undefined && !isNewMember(member)) continue;
    const certifications = once(
      certificationsOf.get(member ?? '') ?? [],
      ({ year, at, by }) => `${year} ${Date.parse(at)} ${by}`,
    )
      .map(({ year, at, by }) => ({ year, at, by }))
      .sort((one, other) => byInstant(({ at }: typeof one) => at)(one, other) || one.year - other.year);
    const memberships = once(membershipsOf.get(member ?? '') ?? [], ({ from }) => String(Date.parse(from)))
      .map(({ change, from }) => ({ change, from }))
      .sort(byInstant(({ from }) => from));
    const states = once(statesOf.get(token) ?? [], ({ from }) => String(Date.parse(from)))
      .map(({ state, from }) => ({ state, from }))
      .sort(byInstant(({ from }) => from));
    const exchange = generationFrom !== undefined && {
      exchanges: [{ generation, from: generationFrom, ...(sequenceNumber !== undefined && { sequenceNumber }) }],
    };
    const history: CardHistory = {
      generation: firstGenerationOf(card),
      ...exchange,
      member: member !== undefined,
      ...(memberships.length > 0 && { memberships }),
      certifications,
      states,
    };
    histories.set(token, JSON.stringify(history));
  }
  return histories;
}
