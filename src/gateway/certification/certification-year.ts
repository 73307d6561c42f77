import { shanghaiYear } from '../../calendar/shanghai.js';
import { isOpen, type MembershipPolicy, versionOn, type YearlyRule } from '../membership/index.js';

/** The rule under which members are certified for a year; `undefined` where none is needed. */
export function ruleOf(policy: MembershipPolicy, year: number): YearlyRule | undefined {
  const last = versionOn(policy, `${year}-12-31`)?.certification;
  return last?.needed ? last : undefined;
}

/** Whether members can be certified for a year at an instant: it is this year or the next one, and open for it. */
export function isYearOpen(policy: MembershipPolicy, year: number, at: Date): boolean {
  const rule = ruleOf(policy, year);
  const ahead = year - shanghaiYear(at.getTime());
  return rule !== undefined && ahead >= 0 && ahead <= 1 && isOpen({ year, at: at.toISOString() }, rule, policy);
}

/**
 * The year that a member is certified for who names none: this one by Shanghai's calendar, or the next where this one
 * needs no certification and the next is open for it.
 */
export function yearToCertify(policy: MembershipPolicy, at: Date): number {
  const year = shanghaiYear(at.getTime());
  return !isYearOpen(policy, year, at) && isYearOpen(policy, year + 1, at) ? year + 1 : year;
}
