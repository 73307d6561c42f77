import type { CardName } from './name-on-list.js';
import type { NameSet } from './name-set.js';

/**
 * Which names are in a set, in some nine bits each: it knows every one of them, and takes another name for one of them
 * in one of 256 cases.
 */
export interface BinaryFuseFilter {
  /** How many names it was made of. */
  readonly size: number;
  readonly seed: number;
  readonly segmentLength: number;
  readonly fingerprints: Uint8Array;
}

/** How often a name that is not in the set is taken for one that is: a fingerprint has eight bits. */
export const FALSE_POSITIVE_RATE = 1 / 256;

const SEEDS_MAX = 100;
const STEP = 10_000;
const SEGMENT_LENGTH_MAX = 2 ** 18;
const SEGMENTS_EACH = 3;

/**
 * The filter of a set, always the same for the same one (T. M. Graf and D. Lemire, "Binary Fuse Filters: Fast and
 * Smaller Than Xor Filters", 2022, with three places a name). Throws RangeError where no seed works out, which chance
 * does not bring about.
 */
export function createBinaryFuseFilter(names: NameSet): BinaryFuseFilter {
  const making = makeBinaryFuseFilter(names);
  for (let step = making.next(); ; step = making.next()) if (step.done) return step.value;
}

/** The same in steps of some milliseconds, for whoever has other work to do between. */
export function* makeBinaryFuseFilter(names: NameSet): Generator<undefined, BinaryFuseFilter> {
  const segmentLength = segmentLengthOf(names.size);
  const segments = segmentsOf(names.size, segmentLength);
  for (let seed = 0; seed < SEEDS_MAX; seed++) {
    const shape = { size: names.size, seed, segmentLength, fingerprints: new Uint8Array(segments * segmentLength) };
    if (yield* fill(shape, names)) return shape;
  }
  throw new RangeError(`no filter of ${names.size} names in ${SEEDS_MAX} attempts`);
}

/** Whether a name is in the set, or one of the few that are taken for one. */
export function mayHave(filter: BinaryFuseFilter, name: CardName): boolean {
  if (filter.size === 0) return false;
  const { fingerprints } = filter;
  const { first, second, third, fingerprint } = placesOf(filter, name);
  return (fingerprints[first]! ^ fingerprints[second]! ^ fingerprints[third]!) === fingerprint;
}

/** Whether fields that came from elsewhere can be a filter at all. */
export function isSoundFilter({ fingerprints, segmentLength, seed, size }: BinaryFuseFilter): boolean {
  const isPower =
    segmentLength >= 4 && segmentLength <= SEGMENT_LENGTH_MAX && (segmentLength & (segmentLength - 1)) === 0;
  const segments = fingerprints.length / segmentLength;
  return isPower && Number.isInteger(segments) && segments >= SEGMENTS_EACH && seed >= 0 && size >= 0;
}

/** Table 1 of the paper, as its authors' program has it. */
const segmentLengthOf = (size: number): number =>
  size < 2 ? 4 : Math.min(SEGMENT_LENGTH_MAX, Math.max(4, 2 ** Math.floor(Math.log(size) / Math.log(3.33) + 2.25)));

function segmentsOf(size: number, segmentLength: number): number {
  const factor = size < 2 ? 1 : Math.max(1.125, 0.875 + (0.25 * Math.log(1_000_000)) / Math.log(size));
  return Math.max(SEGMENTS_EACH, Math.ceil((size * factor) / segmentLength));
}

interface Places {
  readonly first: number;
  readonly second: number;
  readonly third: number;
  readonly fingerprint: number;
}

function placesOf({ fingerprints, segmentLength, seed }: BinaryFuseFilter, { high, low }: CardName): Places {
  const a = mix(high ^ mix(seed + 0x9e3779b9) ^ Math.imul(low, 0x85ebca6b));
  const b = mix(low ^ Math.imul(a, 0xc2b2ae35));
  const mask = segmentLength - 1;
  const begin = Math.floor((a * (fingerprints.length - 2 * segmentLength)) / 2 ** 32);
  return {
    first: begin,
    second: (begin + segmentLength) ^ (b & mask),
    third: (begin + 2 * segmentLength) ^ (mix(b) & mask),
    fingerprint: mix(a ^ Math.imul(b, 0x27d4eb2f)) & 0xff,
  };
}

/** The last step of MurmurHash3: every bit of the number changes every bit of the outcome. */
function mix(number: number): number {
  let mixed = number ^ (number >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * Takes a name away where one place is its alone, which frees others, until none is left; in the opposite order each
 * can then be given a place that no later one needs. `false` where some names share all their places.
 */
function* fill(filter: BinaryFuseFilter, names: NameSet): Generator<undefined, boolean> {
  const { fingerprints } = filter;
  const count = new Uint8Array(fingerprints.length);
  const indices = new Uint32Array(fingerprints.length);
  const toggle = (index: number, step: 1 | -1): Places => {
    const places = placesOf(filter, names.at(index));
    for (const place of [places.first, places.second, places.third]) {
      count[place]! += step;
      indices[place]! ^= index;
    }
    return places;
  };
  for (let index = 0; index < names.size; index++) {
    toggle(index, 1);
    if (index % STEP === 0) yield;
  }
  const order = new Uint32Array(names.size);
  const placeOf = new Uint32Array(names.size);
  const alone: number[] = [];
  count.forEach((names, place) => {
    if (names === 1) alone.push(place);
  });
  let taken = 0;
  for (let place = alone.pop(); place !== undefined; place = alone.pop()) {
    if (count[place] !== 1) continue;
    const index = indices[place]!;
    order[taken] = index;
    placeOf[taken++] = place;
    if (taken % STEP === 0) yield;
    const { first, second, third } = toggle(index, -1);
    for (const freed of [first, second, third]) if (count[freed] === 1) alone.push(freed);
  }
  if (taken < names.size) return false;
  for (let step = taken - 1; step >= 0; step--) {
    if (step % STEP === 0) yield;
    const { first, second, third, fingerprint } = placesOf(filter, names.at(order[step]!));
    const place = placeOf[step]!;
    fingerprints[place] = 0;
    fingerprints[place] = fingerprint ^ fingerprints[first]! ^ fingerprints[second]! ^ fingerprints[third]!;
  }
  return true;
}
