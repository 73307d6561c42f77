import type { GatewayDatabase } from '../storage/index.js';
import {
  type CardHistory,
  decideMember,
  decideMembership,
  holdsUntil,
  type MembershipDecision,
  type MembershipPolicy,
  type MembershipQuestion,
  type MembershipReason,
  versionOn,
  wordsOf,
} from './decide/index.js';
import { type CardFacts, type MemberFacts, readCardFacts, readMemberFacts } from './facts.js';
import { toHistory, toMemberHistory } from './to-history.js';

/** What is asked: the answer for an instant, by what was known at another one. */
export interface StatusQuery {
  readonly at: string;
  readonly asKnownAt: string;
}

/** A fact that was known, and that holds, or does not yet hold, at the instant asked. */
export interface StatusFact {
  readonly kind: 'card' | 'card-of-member' | 'exchange' | 'state' | 'membership' | 'certification' | 'withdrawal';
  /** `pboc3`, `lost`, `left`, `2016 by self` … */
  readonly value: string;
  /** From which instant it holds; absent: from the beginning. */
  readonly from?: string;
  readonly recordedAt: string;
}

export interface Status extends StatusQuery {
  readonly entitled: boolean;
  readonly reason: MembershipReason;
  readonly text: string;
  readonly textZh: string;
  /** The year that certifications are asked for. */
  readonly year: number;
  /** From then on the answer is another one, by what was known. */
  readonly holdsUntil?: string;
  readonly policy: { readonly id: string; readonly source?: string; readonly assumption?: boolean };
  /** All that was known, in order of recording. */
  readonly facts: readonly StatusFact[];
}

export interface CardStatus extends Status {
  readonly token: string;
  readonly mask?: string;
  readonly member?: string;
}

export interface MemberStatus extends Status {
  readonly member: string;
  readonly cards: readonly (Pick<Status, 'entitled' | 'reason' | 'text' | 'textZh'> & {
    readonly token: string;
    readonly mask: string;
  })[];
}

/**
 * Whether a card had its member's benefits at an instant, why, and by which facts, as they were known at another
 * instant: yesterday's answer can be explained today.
 */
export async function readCardStatus(
  { kysely }: GatewayDatabase,
  policy: MembershipPolicy,
  token: string,
  query: StatusQuery,
): Promise<CardStatus> {
  const facts = (await readCardFacts(kysely, [token])).get(token);
  const knownAtMs = Date.parse(query.asKnownAt);
  const card = facts && toHistory(facts, knownAtMs);
  return {
    token,
    ...(facts && card && { mask: facts.mask, ...(card.member && facts.member && { member: facts.member }) }),
    ...statusOf(policy, card, query, decideMembership),
    facts: facts && card ? known(factsOfCard(facts), knownAtMs) : [],
  };
}

/** The same of a member, whatever cards there are, and of each card. `undefined`: there is no such member. */
export async function readMemberStatus(
  { kysely }: GatewayDatabase,
  policy: MembershipPolicy,
  member: string,
  query: StatusQuery,
): Promise<MemberStatus | undefined> {
  const row = await kysely.selectFrom('members').select('member').where('member', '=', member).executeTakeFirst();
  if (!row) return undefined;
  const knownAtMs = Date.parse(query.asKnownAt);
  const facts = (await readMemberFacts(kysely, [member])).get(member)!;
  const rows = await kysely.selectFrom('cards').select('card_token').where('member', '=', member).execute();
  const cards = await readCardFacts(
    kysely,
    rows.map(({ card_token }) => card_token),
  );
  const history: CardHistory = { generation: 'pboc3', member: true, states: [], ...toMemberHistory(facts, knownAtMs) };
  return {
    member,
    ...statusOf(policy, history, query, decideMember),
    facts: known(factsOfMember(facts), knownAtMs),
    cards: [...cards.values()].flatMap((card) => {
      const ofCard = toHistory(card, knownAtMs);
      if (!ofCard?.member) return [];
      const { entitled, reason, text, textZh } = statusOf(policy, ofCard, query, decideMembership);
      return [{ token: card.token, mask: card.mask, entitled, reason, text, textZh }];
    }),
  };
}

function statusOf(
  policy: MembershipPolicy,
  card: CardHistory | undefined,
  { at, asKnownAt }: StatusQuery,
  decide: (question: MembershipQuestion) => MembershipDecision,
): Omit<Status, 'facts'> {
  const question = { policy, card, at };
  const { entitled, reason, year, until } = decide(question);
  const holds = holdsUntil(question);
  const { source, assumption } = versionOn(policy, `${year}-07-01`) ?? {};
  return {
    at,
    asKnownAt,
    entitled,
    reason,
    ...wordsOf(reason, { year, at, ...(until !== undefined && { until }) }),
    year,
    ...(holds !== undefined && { holdsUntil: holds }),
    policy: {
      id: policy.id,
      ...(source !== undefined && { source }),
      ...(assumption !== undefined && { assumption }),
    },
  };
}

type Timed = StatusFact & { readonly recordedAtMs: number };

const known = (facts: readonly Timed[], knownAtMs: number): StatusFact[] =>
  facts
    .filter(({ recordedAtMs }) => recordedAtMs <= knownAtMs)
    .sort((one, other) => one.recordedAtMs - other.recordedAtMs)
    .map(({ recordedAtMs: _, ...fact }) => fact);

function fact(kind: StatusFact['kind'], value: string, recordedAtMs: number, from?: string): Timed {
  const recordedAt = new Date(recordedAtMs).toISOString();
  return { kind, value, ...(from !== undefined && { from }), recordedAt, recordedAtMs };
}

function factsOfCard(card: CardFacts): Timed[] {
  const { generation, recordedAtMs, member, memberRecordedAtMs, exchanges, states, ofMember } = card;
  return [
    fact('card', generation, recordedAtMs),
    ...(member === null ? [] : [fact('card-of-member', member, memberRecordedAtMs)]),
    ...exchanges.map(({ generation: to, from, recorded_at_ms }) => fact('exchange', to, recorded_at_ms, from)),
    ...states.map(({ state, from, recorded_at_ms }) => fact('state', state, recorded_at_ms, from)),
    ...(member === null ? [] : factsOfMember(ofMember)),
  ];
}

const factsOfMember = ({ memberships, certifications, withdrawals }: MemberFacts): Timed[] => [
  ...memberships.map(({ change, from, recorded_at_ms }) => fact('membership', change, recorded_at_ms, from)),
  ...certifications.map(({ year, by, at, recorded_at_ms }) =>
    fact('certification', `${year} by ${by}`, recorded_at_ms, at),
  ),
  ...withdrawals.map(({ year, at, recorded_at_ms }) => fact('withdrawal', String(year), recorded_at_ms, at)),
];
