import { dayAfter } from '../../../calendar/day.js';
import { serviceDayStart } from '../../fares/service-day.js';
import { decideMembership, type MembershipQuestion } from './decide-membership.js';

const YEARS_AHEAD = 2;

/**
 * The first instant at which the answer is another one by what is known now: a card found lost from then on, a grace
 * that ends, a year that turns. `undefined` where it stays for the next two years.
 */
export function holdsUntil(question: MembershipQuestion): string | undefined {
  const { serviceDay: _, ...atAnyDay } = question;
  const now = decideMembership(question);
  const after = Date.parse(question.at);
  const instants = [...instantsOf(question, now.year)]
    .map((instant) => ({ instant, ms: Date.parse(instant) }))
    .filter(({ ms }) => ms > after)
    .sort((one, other) => one.ms - other.ms);
  return instants.find(({ instant }) => {
    const then = decideMembership({ ...atAnyDay, at: instant });
    return then.entitled !== now.entitled || then.reason !== now.reason;
  })?.instant;
}

/** All instants at which anything that the decision looks at begins or ends. */
function* instantsOf({ card, policy }: MembershipQuestion, year: number): Generator<string> {
  const { exchanges = [], memberships = [], certifications = [], states = [] } = card ?? {};
  for (const { from } of [...exchanges, ...memberships, ...states]) yield from;
  for (const { at, withdrawnAt } of certifications) yield* withdrawnAt === undefined ? [at] : [at, withdrawnAt];
  const startOf = (day: string): string => serviceDayStart({ serviceDayBegins: policy.dayBegins }, day);
  for (const { from, certification } of policy.versions) {
    if (from !== undefined) yield startOf(from);
    for (let ahead = 0; ahead <= YEARS_AHEAD; ahead++) {
      yield startOf(`${year + ahead}-01-01`);
      if (!certification.needed) continue;
      for (const last of [certification.grace?.until, certification.lapses.day]) {
        if (last !== undefined) yield startOf(dayAfter(existing(`${year + ahead}-${last}`)));
      }
    }
  }
}

/** The day, or the last one before it that there is. */
function existing(day: string): string {
  const lastOfMonth = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
  return `${day.slice(0, 8)}${String(Math.min(Number(day.slice(8)), lastOfMonth)).padStart(2, '0')}`;
}
