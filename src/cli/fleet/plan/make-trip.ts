import { type City, type Station, type TripKind, taxiFareFen } from '../city/city.js';
import type { SeededRandom } from '../seeded-random.js';
import type { Length } from './spread-trips.js';
import type { Stop } from './trip.js';

/** A stop, and which part of the trip's time has passed when it comes. */
export interface StopOnTrip extends Stop {
  readonly after: number;
}

export interface Trip {
  readonly stops: readonly StopOnTrip[];
  readonly length: Length;
  /** Where the rider is afterwards, where that is told. */
  readonly to?: Station | undefined;
}

/** Where a trip goes from and to, and what it may cost. */
export interface Wish {
  readonly from: Station;
  readonly to: Station;
  /** Where buses are taken: nobody is in two counties within minutes. */
  readonly region: string;
  readonly purseFen: number;
}

type TripMaker = (city: City, random: SeededRandom, wish: Wish) => Trip;

/** One maker for each kind of trip. What it costs above the purse is left out, or made smaller. */
export const tripMakers: Readonly<Record<TripKind, TripMaker>> = { metro, bus, shop, bicycle, taxi, parking };

function metro(city: City, random: SeededRandom, { from, to }: Wish): Trip {
  const { operator, metresPerMinute, minutesAround } = city.metro;
  const minutes = minutesAround + Math.ceil(city.distance(from, to) / metresPerMinute) + random.whole(0, 4);
  const gate = ({ line, station, number }: Station) => ({
    profile: 'metro-gate' as const,
    operator,
    terminal: `gate-${line}${twoDigits(number)}-${random.whole(1, city.gatesPerStation)}`,
    place: { line, station },
  });
  return {
    stops: [
      { ...gate(from), event: 'entry', after: 0 },
      { ...gate(to), event: 'exit', after: 1 },
    ],
    length: { wanted: minutes, least: minutes },
    to,
  };
}

function bus(city: City, random: SeededRandom, { purseFen, region }: Wish): Trip {
  const first = ride(city, random, region, 0);
  const second = random.happens(city.transferChance) ? [ride(city, random, region, 0.55)] : [];
  const fares = (rides: readonly StopOnTrip[]) => rides.reduce((sum, { amountFen }) => sum + amountFen!, 0);
  const stops = fares([first, ...second]) <= purseFen ? [first, ...second] : [first];
  return { stops, length: { wanted: random.whole(12, 40), least: 8 } };
}

function ride({ buses }: City, random: SeededRandom, region: string, after: number): StopOnTrip {
  const { line, fareFen } = random.pick(buses.lines.filter((known) => known.region === region));
  return {
    profile: 'bus-validator',
    operator: buses.operator,
    terminal: `bus-${line}-${random.whole(1, buses.vehiclesPerLine)}`,
    event: 'single',
    place: { line, region, fareFen },
    amountFen: fareFen,
    after,
  };
}

function shop({ shops }: City, random: SeededRandom, { purseFen }: Wish): Trip {
  const [least = 0, most = 0] = shops.amountFen;
  const stop: StopOnTrip = {
    profile: 'shop',
    operator: shops.operator,
    terminal: `till-${random.whole(1, shops.tills)}`,
    event: 'single',
    place: { merchant: random.pick(shops.merchants) },
    amountFen: Math.max(least, Math.min(random.whole(least, most), purseFen)),
    after: 0.5,
  };
  return { stops: [stop], length: { wanted: random.whole(10, 30), least: 6 } };
}

function taxi(city: City, random: SeededRandom, { purseFen }: Wish): Trip {
  const { operator, cars, metres } = city.taxis;
  const wished = random.whole(metres[0]!, metres[1]!);
  const distanceM = taxiFareFen(city, wished) <= purseFen ? wished : metres[0]!;
  const stop: StopOnTrip = {
    profile: 'taxi',
    operator,
    terminal: `taxi-${random.whole(1, cars)}`,
    event: 'single',
    place: { distanceM, waitingS: random.whole(0, 300) },
    amountFen: taxiFareFen(city, distanceM),
    after: 1,
  };
  return { stops: [stop], length: { wanted: random.whole(10, 25), least: 6 } };
}

function bicycle({ bicycles }: City, random: SeededRandom): Trip {
  const [least = 0, most = 0] = bicycles.minutes;
  const dock = (event: 'start' | 'end', after: number): StopOnTrip => {
    const name = `dock-${random.whole(1, bicycles.docks)}`;
    return {
      profile: 'bicycle-dock',
      operator: bicycles.operator,
      terminal: name,
      event,
      place: { dock: name },
      after,
    };
  };
  return { stops: [dock('start', 0), dock('end', 1)], length: { wanted: random.whole(least, most), least } };
}

function parking({ parking: { operator, metersPerZone, minutes }, zones }: City, random: SeededRandom): Trip {
  const [least = 0, most = 0] = minutes;
  const zone = random.pick(zones);
  const terminal = `meter-${zone}-${random.whole(1, metersPerZone)}`;
  const at = (event: 'start' | 'end', after: number): StopOnTrip => ({
    profile: 'parking-meter',
    operator,
    terminal,
    event,
    place: { zone },
    after,
  });
  return { stops: [at('start', 0), at('end', 1)], length: { wanted: random.whole(least, most), least: 10 } };
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');
