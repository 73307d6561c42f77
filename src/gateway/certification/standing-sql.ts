import { type RawBuilder, sql } from 'kysely';
import { serviceDayOf, serviceDayStart } from '../fares/index.js';
import { isOpen, type MembershipPolicy, versionOn } from '../membership/index.js';
import { ruleOf } from './certification-year.js';

/** How far the members are with the certification for a year, at an instant. */
export interface StandingQuestion {
  readonly policy: MembershipPolicy;
  readonly year: number;
  readonly at: Date;
}

/** By what members keep benefits without a certification for the year. */
export interface Kept {
  /** The year has not begun, or needs none. */
  readonly isByAll: boolean;
  readonly grace?: 'certified-last-year' | 'every-member' | undefined;
  /** Last year's certification still covers the day. */
  readonly isLastYearGood: boolean;
}

/** Conditions on `members`, which say of many members what `decideMember` says of one. */
export interface StandingConditions {
  /** Who is a member at the instant. */
  readonly isMember: RawBuilder<boolean>;
  readonly isCertified: RawBuilder<boolean>;
  /** Who is not, but keeps the benefits for now. */
  readonly isDue: RawBuilder<boolean>;
}

export function standingConditions(question: StandingQuestion): StandingConditions {
  const { year, at } = question;
  const atMs = at.getTime();
  const isCertified = certifiedFor(year, atMs, opensMs(question));
  const { isByAll, grace, isLastYearGood } = keptWithout(question);
  const ways: RawBuilder<boolean>[] = [];
  if (isByAll) ways.push(sql`1 = 1`);
  if (isLastYearGood) ways.push(certifiedFor(year - 1, atMs, 0));
  if (grace !== undefined) {
    // A certification that was withdrawn, or lost by leaving, ends the grace too.
    const isNew = sql<boolean>`not ${doneFor(year, atMs, opensMs(question))}`;
    ways.push(grace === 'every-member' ? isNew : sql`(${isNew} and ${neverWithdrawn(year - 1)})`);
  }
  const isKept = ways.length === 0 ? sql`1 = 0` : sql.join(ways, sql` or `);
  return { isMember: memberAt(atMs), isCertified, isDue: sql<boolean>`(not ${isCertified} and (${isKept}))` };
}

/** By what members keep benefits without a certification for the year, by the policy. */
function keptWithout({ policy, year, at }: StandingQuestion): Kept {
  const day = serviceDayOf({ serviceDayBegins: policy.dayBegins }, at.toISOString());
  const ruled = versionOn(policy, day)?.certification;
  if (Number(day.slice(0, 4)) < year || !ruled?.needed) return { isByAll: true, isLastYearGood: false };
  const { grace, lapses } = ruled;
  return {
    isByAll: false,
    grace: grace !== undefined && day <= `${year}-${grace.until}` ? grace.for : undefined,
    isLastYearGood: lapses.yearsLater > 0 && day <= `${year - 1 + lapses.yearsLater}-${lapses.day}`,
  };
}

const OPENS_ANY_TIME = 0;

function opensMs({ policy, year }: StandingQuestion): number {
  const rule = ruleOf(policy, year);
  if (!rule || rule.opens === 'any-time') return OPENS_ANY_TIME;
  const day = `${year - rule.opens.yearsBefore}-${rule.opens.day}`;
  const start = serviceDayStart({ serviceDayBegins: policy.dayBegins }, day);
  return isOpen({ year, at: start }, rule, policy) ? Date.parse(start) : OPENS_ANY_TIME;
}

/** Whether one was done, whatever became of it. */
const doneFor = (year: number, atMs: number, fromMs: number) => sql<boolean>`exists (
  select 1 from certifications d
  where d.member = members.member and d.year = ${sql.lit(year)} and d.at_ms <= ${sql.lit(atMs)} and d.at_ms >= ${sql.lit(fromMs)})`;

const neverWithdrawn = (year: number) => sql<boolean>`exists (
  select 1 from certifications g
  where g.member = members.member and g.year = ${sql.lit(year)}
    and not exists (
      select 1 from certification_withdrawals h
      where h.member = g.member and h.year = g.year and h.at_ms >= g.at_ms))`;

const certifiedFor = (year: number, atMs: number, fromMs: number) => sql<boolean>`exists (
  select 1 from certifications c
  where c.member = members.member and c.year = ${sql.lit(year)} and c.at_ms <= ${sql.lit(atMs)} and c.at_ms >= ${sql.lit(fromMs)}
    and not exists (
      select 1 from certification_withdrawals w
      where w.member = c.member and w.year = c.year and w.at_ms >= c.at_ms and w.at_ms <= ${sql.lit(atMs)})
    and not exists (
      select 1 from membership_changes l
      where l.member = c.member and l.change = 'left' and l.from_ms >= c.at_ms and l.from_ms <= ${sql.lit(atMs)}))`;

/** The last change by then; where there is none by then, who is still to join is no member yet. */
const memberAt = (atMs: number) => sql<boolean>`coalesce(
  (select x.change from membership_changes x
    where x.member = members.member and x.from_ms <= ${sql.lit(atMs)} order by x.from_ms desc limit 1),
  (select case y.change when 'joined' then 'left' else 'joined' end from membership_changes y
    where y.member = members.member order by y.from_ms limit 1),
  'joined') = 'joined'`;
