import type { Transaction } from 'kysely';
import { groupBy } from '../group-by.js';
import type { Tables } from '../storage/index.js';

/** Everything that is known of some cards, each fact with the instant at which it was recorded. */
export interface CardFacts {
  readonly token: string;
  readonly mask: string;
  readonly member: string | null;
  readonly memberRecordedAtMs: number;
  readonly generation: 'pboc2' | 'pboc3';
  readonly recordedAtMs: number;
  readonly exchanges: readonly Tables['card_exchanges'][];
  readonly states: readonly Tables['card_states'][];
  readonly ofMember: MemberFacts;
}

export interface MemberFacts {
  readonly memberships: readonly Tables['membership_changes'][];
  readonly certifications: readonly Tables['certifications'][];
  readonly withdrawals: readonly Tables['certification_withdrawals'][];
}

export const NO_MEMBER_FACTS: MemberFacts = { memberships: [], certifications: [], withdrawals: [] };

type Reader = Pick<Transaction<Tables>, 'selectFrom'>;

/**
 * The facts of cards by their tokens, those recorded earlier first. Cards that nobody has registered are missing.
 * `isLocking`: nobody else writes to these cards until the transaction ends; PostgreSQL only.
 */
export async function readCardFacts(
  reader: Reader,
  tokens: readonly string[],
  { isLocking = false } = {},
): Promise<ReadonlyMap<string, CardFacts>> {
  if (tokens.length === 0) return new Map();
  const cards = await reader
    .selectFrom('cards')
    .selectAll()
    .where('card_token', 'in', tokens)
    .orderBy('card_token')
    .$if(isLocking, (query) => query.forUpdate())
    .execute();
  const { exchangesOf, statesOf } = await readCardEvents(reader, tokens);
  const members = await readMemberFacts(reader, [...new Set(cards.flatMap(({ member }) => member ?? []))]);
  return new Map(
    cards.map((card) => [
      card.card_token,
      {
        token: card.card_token,
        mask: card.card_mask,
        member: card.member,
        memberRecordedAtMs: card.member_recorded_at_ms ?? card.first_recorded_at_ms,
        generation: card.first_generation,
        recordedAtMs: card.first_recorded_at_ms,
        exchanges: exchangesOf.get(card.card_token) ?? [],
        states: statesOf.get(card.card_token) ?? [],
        ofMember: members.get(card.member ?? '') ?? NO_MEMBER_FACTS,
      },
    ]),
  );
}

/** Exchanges and states by card, in the order in which they hold. */
export async function readCardEvents(reader: Reader, tokens: readonly string[]) {
  const exchanges = await reader
    .selectFrom('card_exchanges')
    .selectAll()
    .where('card_token', 'in', tokens)
    .orderBy('from_ms')
    .orderBy('recorded_at_ms')
    .execute();
  const states = await reader
    .selectFrom('card_states')
    .selectAll()
    .where('card_token', 'in', tokens)
    .orderBy('from_ms')
    .execute();
  return {
    exchangesOf: groupBy(exchanges, ({ card_token }) => card_token),
    statesOf: groupBy(states, ({ card_token }) => card_token),
  };
}

export async function readMemberFacts(
  reader: Reader,
  members: readonly string[],
): Promise<ReadonlyMap<string, MemberFacts>> {
  if (members.length === 0) return new Map();
  const memberships = await reader
    .selectFrom('membership_changes')
    .selectAll()
    .where('member', 'in', members)
    .orderBy('from_ms')
    .execute();
  const certifications = await reader
    .selectFrom('certifications')
    .selectAll()
    .where('member', 'in', members)
    .orderBy('recorded_at_ms')
    .orderBy('at_ms')
    .orderBy('year')
    .execute();
  const withdrawals = await reader
    .selectFrom('certification_withdrawals')
    .selectAll()
    .where('member', 'in', members)
    .orderBy('at_ms')
    .execute();
  const membershipsOf = groupBy(memberships, ({ member }) => member);
  const certificationsOf = groupBy(certifications, ({ member }) => member);
  const withdrawalsOf = groupBy(withdrawals, ({ member }) => member);
  return new Map(
    members.map((member) => [
      member,
      {
        memberships: membershipsOf.get(member) ?? [],
        certifications: certificationsOf.get(member) ?? [],
        withdrawals: withdrawalsOf.get(member) ?? [],
      },
    ]),
  );
}
