import type { Kysely } from 'kysely';
import { groupBy } from '../group-by.js';
import { type Reach, whereReachable } from '../people/index.js';
import type { Tables } from '../storage/index.js';
import type {
  CardExchangesTable,
  CardsTable,
  CertificationsTable,
  CertificationWithdrawalsTable,
  MembershipChangesTable,
  MembersTable,
} from '../storage/membership-tables.js';
import { readCardEvents, readMemberFacts } from './facts.js';
import type { CardView, MemberDetails, MemberView } from './membership-views.js';
import { createPersonalDataCipher } from './personal-data-cipher.js';
import { maskPrivateData } from './privacy/mask-private-data.js';
import { openPrivateData } from './private-data.js';
import type { MembershipOptions } from './record-changes.js';

interface Page {
  /** At most so many; 1 to 1000. */
  readonly limit: number;
  /** Behind this member or this card. */
  readonly after?: string | undefined;
  /** Whose they may be; all if absent. */
  readonly reach?: Reach | undefined;
}

const EVERYTHING: Reach = { kind: 'all' };

/** Members in reach in order of their numbers; what is stored sealed is masked. Throws PersonalDataError. */
export async function listMembers(
  options: MembershipOptions,
  { limit, after = '', reach = EVERYTHING }: Page,
): Promise<MemberDetails[]> {
  const { kysely } = options.database;
  const query = kysely.selectFrom('members').selectAll().where('member', '>', after).orderBy('member').limit(limit);
  const rows = await whereReachable(query, reach).execute();
  const cipher = personalDataCipherOf(options);
  const views = await toMemberViews(kysely, rows);
  return views.map((view, index) => ({ ...view, ...maskPrivateData(openPrivateData(cipher, rows[index]!)) }));
}

/** Cards in reach in order of their tokens, of one member or of all. */
export async function listCards(
  kysely: Kysely<Tables>,
  { limit, after = '', member, reach = EVERYTHING }: Page & { readonly member?: string | undefined },
): Promise<CardView[]> {
  let query = kysely.selectFrom('cards').selectAll().where('card_token', '>', after).orderBy('card_token').limit(limit);
  if (member !== undefined) query = query.where('member', '=', member);
  return toCardViews(kysely, await whereReachable(query, reach, { member: 'cards.member' }).execute());
}

export async function readCard(kysely: Kysely<Tables>, token: string): Promise<CardView | undefined> {
  const rows = await kysely.selectFrom('cards').selectAll().where('card_token', '=', token).execute();
  return (await toCardViews(kysely, rows))[0];
}

/** All that is known of a member, in clear. Throws PersonalDataError where the key is another one. */
export async function readMember(options: MembershipOptions, member: string): Promise<MemberDetails | undefined> {
  const { kysely } = options.database;
  const row = await kysely.selectFrom('members').selectAll().where('member', '=', member).executeTakeFirst();
  if (!row) return undefined;
  const [view] = await toMemberViews(kysely, [row]);
  return view && { ...view, ...openPrivateData(personalDataCipherOf(options), row) };
}

/** A member as on a screen: what is stored sealed is masked. */
export const maskMember = (member: MemberDetails): MemberDetails => ({ ...member, ...maskPrivateData(member) });

export const personalDataCipherOf = ({ personalDataKey, formerDataKeys, random }: MembershipOptions) =>
  createPersonalDataCipher(personalDataKey, random, formerDataKeys);

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
  const facts = await readMemberFacts(kysely, members);
  return rows.map(({ member, name, work_unit, unit, sex }) => {
    const { certifications, memberships, withdrawals } = facts.get(member)!;
    return {
      member,
      name,
      ...(work_unit !== null && { unit: work_unit }),
      ...(unit !== null && { unitId: unit }),
      ...(sex !== null && { sex }),
      ...ifAny('memberships', memberships.map(toMembership)),
      certifications: [...certifications].sort(byInstant).map(({ year, at, by, recorded_at_ms }) => ({
        year,
        at,
        by,
        recordedAt: toInstant(recorded_at_ms),
      })),
      ...ifAny('withdrawals', withdrawals.map(toWithdrawal)),
      cards: cards.get(member) ?? [],
    };
  });
}

const byInstant = (one: CertificationsTable, other: CertificationsTable): number =>
  one.at_ms - other.at_ms || one.year - other.year;

const toInstant = (ms: number): string => new Date(ms).toISOString();

/** What few members and cards have is told only where there is some. */
const ifAny = <Name extends string, Item>(name: Name, items: readonly Item[] | undefined) =>
  (items?.length ? { [name]: items } : {}) as { readonly [Key in Name]?: readonly Item[] };

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
  const { exchangesOf, statesOf } = await readCardEvents(kysely, tokens);
  return rows.map(({ card_token, card_mask, bank, generation, member }) => ({
    token: card_token,
    mask: card_mask,
    bank,
    generation,
    ...ifAny('exchanges', exchangesOf.get(card_token)?.map(toExchange)),
    ...(member !== null && { member }),
    states: (statesOf.get(card_token) ?? []).map(({ state, from, recorded_at_ms }) => ({
      state,
      from,
      recordedAt: toInstant(recorded_at_ms),
    })),
  }));
}
