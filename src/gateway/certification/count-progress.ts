import { type Kysely, sql } from 'kysely';
import { type Reach, whereReachable } from '../people/index.js';
import type { Tables } from '../storage/index.js';
import { type StandingQuestion, standingConditions } from './standing-sql.js';

/** How far the members of a unit are. */
export interface Standing {
  readonly members: number;
  readonly certified: number;
  /** Not certified, and the benefits are kept for now. */
  readonly due: number;
  /** Not certified, and the benefits are lost until it is done. */
  readonly lapsed: number;
}

/** By unit, the members in reach; under the empty text those of no unit. */
export async function countProgress(
  kysely: Kysely<Tables>,
  question: StandingQuestion,
  reach: Reach,
): Promise<ReadonlyMap<string, Standing>> {
  const { isMember, isCertified, isDue } = standingConditions(question);
  const query = kysely
    .selectFrom('members')
    .select([
      sql<string>`coalesce(members.unit, '')`.as('unit'),
      sql<number>`count(*)`.as('members'),
      sql<number>`sum(case when ${isCertified} then 1 else 0 end)`.as('certified'),
      sql<number>`sum(case when ${isDue} then 1 else 0 end)`.as('due'),
    ])
    .where(isMember)
    .groupBy('members.unit');
  const rows = await whereReachable(query, reach).execute();
  return new Map(
    rows.map(({ unit, members, certified, due }) => {
      const counts = { members: Number(members), certified: Number(certified), due: Number(due) };
      return [unit, { ...counts, lapsed: counts.members - counts.certified - counts.due }];
    }),
  );
}
