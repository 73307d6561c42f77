import { isOneRide } from './is-one-ride.js';
import { begins, ends, type IsClosed, loneRide, type Ride } from './ride.js';
import type { MetroTariff } from './tariff-schema.js';
import { minutesFrom, type TimedTap } from './timed-tap.js';

export interface PairedMetro {
  readonly rides: readonly Ride[];
  /** Taps with a card that was handed back over the barrier. */
  readonly passbacks: readonly TimedTap[];
}

/** A tap at the gates, and which way it is taken to be. */
interface Passage {
  readonly timed: TimedTap;
  readonly isEntry: boolean;
  /** Whether it ends the entry just before. */
  readonly isEnd: boolean;
}

/**
 * Entries and exits of one service day in their order. An entry waits for its exit until the day is closed. A second
 * entry means that the exit was missed, unless it is the same station soon after: then the card was handed back. So with
 * exits. A tap that says neither is an exit where an entry waits for one, else an entry. What is alone on a closed day is
 * looked at again: two neighbours of one type may be a ride by place and time ({@link isOneRide}).
 */
export function pairMetro(taps: readonly TimedTap[], tariff: MetroTariff, isClosed: IsClosed): PairedMetro {
  const { passages, passbacks } = readPassages(taps, tariff);
  const rides: Ride[] = [];
  for (let index = 0; index < passages.length; index++) {
    const passage = passages[index]!;
    const next = passages[index + 1];
    const isHinted = next?.isEnd === true;
    if (next && (isHinted || areOneByPlaceAndTime(passage, next, passages[index + 2], tariff, isClosed))) {
      rides.push(rideOf(passage, next, isHinted));
      index++;
    } else {
      rides.push(aloneAs(passage, isClosed));
    }
  }
  return { rides, passbacks };
}

function readPassages(taps: readonly TimedTap[], tariff: MetroTariff) {
  const passages: Passage[] = [];
  const passbacks: TimedTap[] = [];
  for (const timed of taps) {
    const last = passages.at(-1);
    const waits = last?.isEntry === true;
    const isBack = last !== undefined && isSameGate(last.timed, timed, tariff);
    const isEntry = begins(timed.tap) || (!ends(timed.tap) && (!waits || isBack));
    if (isBack && last.isEntry === isEntry) passbacks.push(timed);
    else passages.push({ timed, isEntry, isEnd: waits && !isEntry });
  }
  return { passages, passbacks };
}

const isSameGate = (last: TimedTap, timed: TimedTap, { passback }: MetroTariff): boolean =>
  last.tap.place.station === timed.tap.place.station && minutesFrom(last, timed) < passback.minutes;

/** Types of taps come first: what has its other half by them keeps it. */
const areOneByPlaceAndTime = (
  one: Passage,
  other: Passage,
  behind: Passage | undefined,
  tariff: MetroTariff,
  isClosed: IsClosed,
): boolean =>
  one.isEntry === other.isEntry &&
  behind?.isEnd !== true &&
  isClosed(one.timed.serviceDay) &&
  isOneRide(one.timed, other.timed, tariff);

const rideOf = ({ timed: start }: Passage, { timed: end }: Passage, isHinted: boolean): Ride => ({
  service: 'metro',
  serviceDay: start.serviceDay,
  start,
  end,
  status: 'complete',
  isByPlaceAndTime: !isHinted,
});

const aloneAs = ({ timed, isEntry }: Passage, isClosed: IsClosed): Ride =>
  loneRide('metro', timed, isEntry ? 'start' : 'end', isClosed);
