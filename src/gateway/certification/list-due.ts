import { sql } from 'kysely';
import { createPersonalDataCipher } from '../membership/personal-data-cipher.js';
import { maskMobile } from '../membership/privacy/mask-private-data.js';
import { openPrivateData } from '../membership/private-data.js';
import { type Reach, whereReachable } from '../people/index.js';
import type { CertificationOptions } from './certification-options.js';
import { standingConditions } from './standing-sql.js';

export interface DueMember {
  readonly member: string;
  readonly name: string;
  readonly unit?: string;
  readonly unitId?: string;
  /** `due`: the benefits are kept for now. `lapsed`: they are lost until the member is certified. */
  readonly state: 'due' | 'lapsed';
  /** Masked unless revealed. */
  readonly mobile?: string;
}

export interface DueQuery {
  readonly year: number;
  readonly reach: Reach;
  readonly state?: DueMember['state'] | undefined;
  readonly isRevealed: boolean;
  readonly limit: number;
  /** Behind this member. */
  readonly after?: string | undefined;
  /** Without those who were reminded in this period. */
  readonly notRemindedIn?: string | undefined;
}

/** Members in reach who are not certified for the year, in order of their numbers. */
export async function listDue(
  options: Pick<
    CertificationOptions,
    'database' | 'policy' | 'clock' | 'personalDataKey' | 'formerDataKeys' | 'random'
  >,
  { year, reach, state, isRevealed, limit, after = '', notRemindedIn }: DueQuery,
): Promise<readonly DueMember[]> {
  const { database, policy, clock, personalDataKey, formerDataKeys, random } = options;
  const { isMember, isCertified, isDue } = standingConditions({ policy, year, at: clock() });
  let query = database.kysely
    .selectFrom('members')
    .select(['members.member', 'members.name', 'members.work_unit', 'members.unit', 'members.private_data'])
    .select(sql<number>`case when ${isDue} then 1 else 0 end`.as('is_due'))
    .where('members.member', '>', after)
    .where(isMember)
    .where(sql<boolean>`not ${isCertified}`)
    .orderBy('members.member')
    .limit(limit);
  if (state !== undefined) query = query.where(state === 'due' ? isDue : sql<boolean>`not ${isDue}`);
  if (notRemindedIn !== undefined) {
    query = query.where(
      sql<boolean>`not exists (select 1 from certification_reminders r
        where r.member = members.member and r.year = ${year} and r.period = ${notRemindedIn})`,
    );
  }
  const rows = await whereReachable(query, reach).execute();
  const cipher = createPersonalDataCipher(personalDataKey, random, formerDataKeys);
  return rows.map(({ member, name, work_unit, unit, private_data, is_due }) => {
    const { mobile } = openPrivateData(cipher, { member, private_data });
    return {
      member,
      name,
      ...(work_unit !== null && { unit: work_unit }),
      ...(unit !== null && { unitId: unit }),
      state: Number(is_due) === 1 ? 'due' : 'lapsed',
      ...(mobile !== undefined && { mobile: isRevealed ? mobile : maskMobile(mobile) }),
    };
  });
}
