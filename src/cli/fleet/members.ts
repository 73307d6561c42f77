import { dayAfter } from '../../calendar/day.js';
import { loadCity } from './city/city.js';
import { type FleetPlan, tagOf } from './plan/fleet-plan.js';
import { planDay } from './plan/plan-day.js';
import { riderOf } from './plan/rider.js';
import { tapsOfRiders } from './plan/taps-of-rider.js';

/** A member as `yongtap members import` takes it. */
export interface FleetMember {
  readonly member: string;
  readonly name: string;
  readonly certifications: readonly { readonly year: number; readonly at: string; readonly by: 'self' | 'officer' }[];
  readonly cards: readonly {
    readonly pan: string;
    readonly generation: 'pboc2' | 'pboc3';
    readonly states: readonly { readonly state: 'active' | 'lost'; readonly from: string }[];
  }[];
}

const ACTIVE_FOR_DAYS = 30;

/** Everybody who has a genuine card, one after the other; a forger is no member. */
function* membersOf(plan: FleetPlan): Generator<FleetMember> {
  const taps = tapsOfRiders(plan);
  const year = Number(plan.day.slice(0, 4));
  const before = dayAfter(plan.day, -ACTIVE_FOR_DAYS);
  const { strangers } = loadCity();
  for (let number = 0; number < plan.cards; number++) {
    const rider = riderOf(plan, number);
    if (strangers.includes(rider.profile)) continue;
    const { lostFrom } = rider.losesCard ? planDay(plan, number, taps[number]!) : {};
    yield {
      member: `${tagOf(plan)}-${number + 1}`,
      name: rider.name,
      certifications: rider.isCertified
        ? [{ year, at: `${before}T10:00:00+08:00`, by: number % 3 === 0 ? 'officer' : 'self' }]
        : [],
      cards: [
        {
          pan: rider.pan,
          generation: rider.profile === 'old-card-pboc2' ? 'pboc2' : 'pboc3',
          states: [
            { state: 'active', from: `${before}T09:00:00+08:00` },
            ...(lostFrom === undefined
              ? []
              : [{ state: 'lost' as const, from: new Date(lostFrom * 1000).toISOString() }]),
          ],
        },
      ],
    };
  }
}

/** The members as the JSON array that an import wants, piece by piece. */
export function* membersJson(plan: FleetPlan, onMember: (member: FleetMember) => void): Generator<string> {
  let separator = '[\n';
  for (const member of membersOf(plan)) {
    onMember(member);
    yield separator + JSON.stringify(member);
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}
