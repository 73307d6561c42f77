import type { SeededRandom } from '../seeded-random.js';

/** Minutes that a trip takes: as long as it would like to, and what it takes at least. */
export interface Length {
  readonly wanted: number;
  readonly least: number;
}

export interface TimedTrip {
  /** Minutes after midnight. */
  readonly begins: number;
  readonly minutes: number;
}

const DAY_BEGINS = 5.5 * 60;
/** Before the next service day begins. */
const DAY_ENDS = 26 * 60;
/** Minutes between two trips. */
const GAP = 4;

const morning = { mean: 7.7 * 60, spread: 40 };
const evening = { mean: 17.8 * 60, spread: 55 };

/**
 * When trips begin: the first in the morning's peak, the last in the evening's, the others between them or at night. One
 * ends before the next begins, and all of them within the day.
 */
export function spreadTrips(lengths: readonly Length[], random: SeededRandom): TimedTrip[] {
  const minutes = fitted(lengths);
  const wishes = lengths.map((_, index) => wishOf(index, lengths.length, random)).sort((one, other) => one - other);
  const begins: number[] = [];
  let free = DAY_BEGINS;
  for (const [index, wish] of wishes.entries()) {
    begins.push(Math.max(wish, free));
    free = begins[index]! + minutes[index]! + GAP;
  }
  let end = DAY_ENDS;
  for (let index = begins.length - 1; index >= 0; index--) {
    begins[index] = Math.min(begins[index]!, end - minutes[index]!);
    end = begins[index]! - GAP;
  }
  return begins.map((begin, index) => ({ begins: begin, minutes: minutes[index]! }));
}

function wishOf(index: number, count: number, random: SeededRandom): number {
  if (index === 0 && (count > 1 || random.happens(0.5))) return random.around(morning.mean, morning.spread);
  if (index <= 1) return random.around(evening.mean, evening.spread);
  return random.happens(0.6) ? random.whole(9 * 60, 17 * 60) : random.whole(18 * 60, 22.5 * 60);
}

/** Trips that would not fit into the day are cut short, all by the same part. */
function fitted(lengths: readonly Length[]): number[] {
  const sum = (field: keyof Length) => lengths.reduce((minutes, length) => minutes + length[field], 0);
  const room = DAY_ENDS - DAY_BEGINS - GAP * lengths.length;
  const [wanted, least] = [sum('wanted'), sum('least')];
  const part = wanted <= room || wanted === least ? 1 : Math.max(0, (room - least) / (wanted - least));
  return lengths.map((length) => length.least + (length.wanted - length.least) * part);
}
