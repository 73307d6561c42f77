import { type City, loadCity, type Station, type TripKind } from '../city/city.js';
import type { SeededRandom } from '../seeded-random.js';
import { type FleetPlan, randomFor, tagOf } from './fleet-plan.js';
import { type StopOnTrip, type Trip, tripMakers } from './make-trip.js';
import { type Rider, riderOf } from './rider.js';
import { spreadTrips, type TimedTrip } from './spread-trips.js';
import type { PlannedTap } from './trip.js';

export interface RidersDay {
  readonly rider: Rider;
  /** In their order. */
  readonly taps: readonly PlannedTap[];
  /** Metro rides without a tap at the exit. */
  readonly exitsMissing: number;
  /** Seconds since 1970: from then on the card is reported lost. */
  readonly lostFrom?: number | undefined;
}

/** Torn taps that are made once more. */
const RETRIED = 0.8;
/** Commands before the card debits anything: two selections and GET PROCESSING OPTIONS. */
const TEARS = [1, 2, 3];
const METRO_REGION = 'urban';
/** Between the report and the next tap. */
const LOST_BEFORE_S = 60;

/** The day of one rider, with this many taps; all of it follows from the plan and the rider's number. */
export function planDay(plan: FleetPlan, number: number, count: number): RidersDay {
  const rider = riderOf(plan, number);
  const random = randomFor(plan, 'day', number);
  const trips = new Planning(plan, rider, random).trips(count);
  const times = spreadTrips(
    trips.map(({ length }) => length),
    random,
  );
  const taps = trips.flatMap((trip, index) => tapsOf(plan, trip, times[index]!, random));
  const lostAt = rider.losesCard && taps.length > 1 ? taps[random.whole(1, taps.length - 1)]!.at : undefined;
  const exitsMissing = trips.filter(({ lacksExit }) => lacksExit).length;
  return { rider, taps, exitsMissing, ...(lostAt !== undefined && { lostFrom: lostAt - LOST_BEFORE_S }) };
}

/** A trip as it will be made: with what goes wrong on it. */
interface PlannedTrip extends Trip {
  readonly lacksExit: boolean;
  readonly stops: readonly (StopOnTrip & Pick<PlannedTap, 'tornAt' | 'isRetried'>)[];
}

class Planning {
  readonly #city: City = loadCity();
  readonly #home: Station;
  /** A county has no metro: who lives there takes the bus. */
  readonly #region: string;
  #here: Station;
  #purseFen: number;
  /** The station where the card was last let through a gate. */
  #lastGate: string | undefined;

  constructor(
    private readonly plan: FleetPlan,
    private readonly rider: Rider,
    private readonly random: SeededRandom,
  ) {
    this.#home = random.pick(this.#city.stations);
    this.#region = rider.habit === 'bus-commuter' ? random.pick(this.#city.buses.lines).region : METRO_REGION;
    this.#here = this.#home;
    this.#purseFen = rider.balanceFen;
  }

  trips(count: number): PlannedTrip[] {
    const trips: PlannedTrip[] = [];
    for (let left = count; left > 0; ) {
      const trip = this.#next(trips.length, left);
      trips.push(trip);
      left -= trip.stops.length;
    }
    return trips;
  }

  #next(index: number, left: number): PlannedTrip {
    const isHomeward = index > 0 && left <= 2;
    const wished = index === 0 || isHomeward ? this.#commute : this.random.weighted(this.#city.errands);
    const kind = wished === 'metro' && this.#region !== METRO_REGION ? 'bus' : wished;
    const to = this.#destination(isHomeward ? this.#home : this.random.pick(this.#city.stations));
    const from = this.#here;
    const made = this.#affordable(kind, { from, to, region: this.#region, purseFen: this.#purseFen });
    const lacksExit = isMetroRide(made) && this.random.happens(this.plan.shares.missing);
    const stops = made.stops.slice(0, lacksExit ? 1 : left);
    const planned = stops.map((stop) => this.#torn(stop));
    this.#remember(planned, made.to);
    return { ...made, stops: planned, lacksExit };
  }

  get #commute(): TripKind {
    return this.#city.habits[this.rider.habit].commute as TripKind;
  }

  /**
   * Not where the rider is, and not where a gate last let the card through: a gate takes a card that comes the same way
   * twice for one that was handed back, and that would be no fault of the rider's.
   */
  #destination(wished: Station): Station {
    const isPossible = ({ station }: Station) => station !== this.#here.station && station !== this.#lastGate;
    if (isPossible(wished)) return wished;
    return this.random.pick(this.#city.stations.filter(isPossible));
  }

  /** Who cannot pay takes the metro, which asks for nothing at the gate; an empty purse is tried all the same. */
  #affordable(kind: TripKind, wish: Parameters<(typeof tripMakers)['bus']>[2]): Trip {
    const trip = tripMakers[kind](this.#city, this.random, wish);
    const costsFen = trip.stops.reduce((sum, { amountFen = 0 }) => sum + amountFen, 0);
    const pays = costsFen <= this.#purseFen || this.rider.balanceFen === 0;
    return pays ? trip : tripMakers.metro(this.#city, this.random, wish);
  }

  #torn(stop: StopOnTrip): PlannedTrip['stops'][number] {
    if (!this.random.happens(this.plan.shares.torn)) return { ...stop, isRetried: false };
    return { ...stop, tornAt: this.random.pick(TEARS), isRetried: this.random.happens(RETRIED) };
  }

  #remember(stops: PlannedTrip['stops'], to: Station | undefined): void {
    for (const { amountFen = 0, place, profile, tornAt, isRetried } of stops) {
      this.#purseFen -= amountFen;
      const isRecorded = tornAt === undefined || isRetried;
      if (profile === 'metro-gate' && isRecorded) this.#lastGate = place.station;
    }
    if (to !== undefined) this.#here = to;
  }
}

const isMetroRide = ({ stops }: Trip): boolean => stops[0]!.profile === 'metro-gate';

function tapsOf(
  plan: FleetPlan,
  { stops }: PlannedTrip,
  { begins, minutes }: TimedTrip,
  random: SeededRandom,
): PlannedTap[] {
  const start = midnightOf(plan.day) + Math.floor(begins * 60) + random.whole(0, 59);
  return stops.map(({ after, terminal, ...stop }) => ({
    ...stop,
    terminal: `${terminal}-${tagOf(plan)}`,
    at: start + Math.floor(after * minutes * 60),
  }));
}

/** In China. */
const midnightOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`) / 1000;
