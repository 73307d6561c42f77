import { testPan } from '../../../../simulator/index.js';
import { loadCity, type ProfileName, profileNamed } from '../city/city.js';
import { type FleetPlan, randomFor, tagOf } from './fleet-plan.js';

/** Somebody with a card. All of it follows from the plan and the rider's number. */
export interface Rider {
  readonly number: number;
  readonly profile: ProfileName;
  readonly pan: string;
  readonly name: string;
  readonly balanceFen: number;
  readonly habit: keyof ReturnType<typeof loadCity>['habits'];
  /** Nobody's member: a forger. */
  readonly isStranger: boolean;
  readonly isCertified: boolean;
  readonly losesCard: boolean;
}

/** Riders of one day; their card numbers are one behind the other in the banks' ranges. */
export const RIDERS_MAX = 100_000;

export function riderOf(plan: FleetPlan, number: number): Rider {
  const city = loadCity();
  const random = randomFor(plan, 'rider', number);
  const profile = random.weighted(city.profiles);
  const isEmpty = profile === 'empty-purse';
  const habits = Object.fromEntries(Object.entries(city.habits).map(([name, { weight }]) => [name, weight]));
  return {
    number,
    profile,
    pan: testPan(profileNamed(profile).issuer, accountOf(plan, number)),
    name: random.pick(city.surnames) + random.pick(city.givenNames),
    balanceFen: isEmpty ? 0 : random.whole(city.purseFen[0]!, city.purseFen[1]!),
    habit: random.weighted(habits) as Rider['habit'],
    isStranger: city.strangers.includes(profile),
    isCertified: !random.happens(plan.shares.uncertified),
    losesCard: random.happens(plan.shares.lost),
  };
}

/** Ten digits, the first five of the plan. */
const accountOf = (plan: FleetPlan, number: number): number =>
  (Number.parseInt(tagOf(plan), 16) % 100_000) * RIDERS_MAX + number;
