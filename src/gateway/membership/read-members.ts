import type { Kysely } from 'kysely';
import { groupBy } from '../group-by.js';
import type { Tables } from '../storage/index.js';
import type {
  CardExchangesTable,
  CardsTable,
  CertificationWithdrawalsTable,
  MembershipChangesTable,
  MembersTable,
} from '../storage/membership-tables.js';
import type { CardView, MemberDetails, MemberView } from './membership-views.js';
import { createPersonalDataCipher } from './personal-data-cipher.js';
import { openPrivateData } from './private-data.js';
import type { MembershipOptions } from './record-changes.js';

interface Page {
  /** At most so many; 1 to 1000. */
  readonly limit: number;
  /** Behind this member or this card. */
  readonly after?: string | undefined;
}

/** Members in order of their numbers, without what is stored sealed. */
export async function listMembers(kysely: Kysely<Tables>, { limit, after = '' }: Page): Promise<MemberView[]> {
  const rows = await kysely
    .selectFrom('members')
    .selectAll()
    .where('member', '>', after)
    .orderBy('member')
    .limit(limit)
    .execute();
  return toMemberViews(kysely, rows);
}

/** Cards in order of their tokens, of one member or of all. */
export async function listCards(
  kysely: Kysely<Tables>,
  { limit, after = '', member }: Page & { readonly member?: string | undefined },
): Promise<CardView[]> {
  let query = kysely.selectFrom('cards').selectAll().where('card_token', '>', after).orderBy('card_token').limit(limit);
  if (member !== undefined) query = query.where('member', '=', member);
  return toCardViews(kysely, await query.execute());
}

export async function readCard(kysely: Kysely<Tables>, token: string): Promise<CardView | undefined> {
  const rows = await kysely.selectFrom('cards').selectAll().where('card_token', '=', token).execute();
  return (await toCardViews(kysely, rows))[0];
}

/** All that is known of a member. Throws PersonalDataError where the key is another one. */
export async function readMember(
  { database, personalDataKey, formerDataKeys, random }: MembershipOptions,
  member: string,
): Promise<MemberDetails | undefined> {
  const { kysely } = database;
  const row = await kysely.selectFrom('members').selectAll().where('member', '=', member).executeTakeFirst();
  if (!row) return undefined;
  const [view] = await toMemberViews(kysely, [row]);
  return (
    view && { ...view, ...openPrivateData(createPersonalDataCipher(personalDataKey, random, formerDataKeys), row) }
  );
}

async function toMemberViews(kysely: Kysely<Tables>, rows: readonly MembersTable[]): Promise<MemberView[]> {
  if (rows.length === 0) return [];
  const members = rows.map(({ member }) => member);
  const cardRows = await kysely
    .selectFrom('cards')
    .selectAll()
    .where('member', 'in', members)
    .orderBy('card_token')
    .execute();
  const cards = groupBy(await toCardViews(kysely, cardRows), ({ member }) => member);
  const certificationRows = await kysely
    .selectFrom('certifications')
    .selectAll()
    .where('member', 'in', members)
    .orderBy('at_ms')
    .orderBy('year')
    .execute();
  const certifications = groupBy(certificationRows, ({ member }) => member);
  const membershipRows = await kysely
    .selectFrom('membership_changes')
    .selectAll()
    .where('member', 'in', members)
    .orderBy('from_ms')
    .execute();
  const withdrawalRows = await kysely
    .selectFrom('certification_withdrawals')
    .selectAll()
    .where('member', 'in', members)
    .orderBy('at_ms')
    .execute();
  const memberships = groupBy(membershipRows, ({ member }) => member);
  const withdrawals = groupBy(withdrawalRows, ({ member }) => member);
  return rows.map(({ member, name, work_unit, sex }) => ({
    member,
    name,
    ...(work_unit !== null && { unit: work_unit }),
    ...(sex !== null && { sex }),
    ...ifAny('memberships', memberships.get(member)?.map(toMembership)),
    certifications: (certifications.get(member) ?? []).map(({ year, at, by, recorded_at_ms }) => ({
      year,
      at,
      by,
      recordedAt: toInstant(recorded_at_ms),
    })),
    ...ifAny('withdrawals', withdrawals.get(member)?.map(toWithdrawal)),
    cards: cards.get(member) ?? [],
  }));
}

const toInstant = (ms: number): string => new Date(ms).toISOString();

/** What few members and cards have is told only where there is some. */
const ifAny = <Name extends string, Item>(name: Name, items: readonly Item[] | undefined) =>
  (items ? { [name]: items } : {}) as { readonly [Key in Name]?: readonly Item[] };

const toMembership = ({ change, from, reason, recorded_at_ms }: MembershipChangesTable) => ({
  change,
  from,
  ...(reason !== null && { reason }),
  recordedAt: toInstant(recorded_at_ms),
});

const toWithdrawal = ({ year, at, reason, recorded_at_ms }: CertificationWithdrawalsTable) => ({
  year,
  at,
  ...(reason !== null && { reason }),
  recordedAt: toInstant(recorded_at_ms),
});

const toExchange = ({ generation, from, sequence_number, recorded_at_ms }: CardExchangesTable) => ({
  generation,
  from,
  ...(sequence_number !== null && { sequenceNumber: sequence_number }),
  recordedAt: toInstant(recorded_at_ms),
});

async function toCardViews(kysely: Kysely<Tables>, rows: readonly CardsTable[]): Promise<CardView[]> {
  if (rows.length === 0) return [];
  const tokens = rows.map(({ card_token }) => card_token);
  const stateRows = await kysely
    .selectFrom('card_states')
    .selectAll()
    .where('card_token', 'in', tokens)
    .orderBy('from_ms')
    .execute();
  const states = groupBy(stateRows, ({ card_token }) => card_token);
  const exchangeRows = await kysely
    .selectFrom('card_exchanges')
    .selectAll()
    .where('card_token', 'in', tokens)
    .orderBy('from_ms')
    .orderBy('recorded_at_ms')
    .execute();
  const exchanges = groupBy(exchangeRows, ({ card_token }) => card_token);
  return rows.map(({ card_token, card_mask, bank, generation, member }) => ({
    token: card_token,
    mask: card_mask,
    bank,
    generation,
    ...ifAny('exchanges', exchanges.get(card_token)?.map(toExchange)),
    ...(member !== null && { member }),
    states: (states.get(card_token) ?? []).map(({ state, from, recorded_at_ms }) => ({
      state,
      from,
      recordedAt: toInstant(recorded_at_ms),
    })),
  }));
}
