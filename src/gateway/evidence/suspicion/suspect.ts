import type { Place } from '../../../tap/index.js';
import { distanceBetween } from './distance-between.js';
import type { SuspicionPolicy } from './suspicion-policy.js';

/** A proved tap of one chip. */
export interface CountedTap {
  /** Application transaction counter. */
  readonly atc: number;
  readonly atMs: number;
  readonly place: Place;
}

export type SuspicionCode = 'transaction-counter-backwards' | 'places-too-far-apart' | 'transaction-counter-jump';

/** One reason against a tap: what was found, what would have been possible, and the points for it. */
export interface SuspicionPart {
  readonly code: SuspicionCode;
  readonly points: number;
  /** Seconds by which the tap is earlier, kilometres that lie between, or transactions that were skipped. */
  readonly found: number;
  /** The most that the policy takes for possible, in the same unit. */
  readonly possible: number;
}

export interface Suspicion {
  /** The part with the most points. */
  readonly code: SuspicionCode;
  /** 0 to 100: the sum of the parts. */
  readonly score: number;
  readonly isSetAside: boolean;
  readonly parts: readonly SuspicionPart[];
}

const HOUR_S = 3600;

/**
 * What stands against a tap, seen from the tap that the chip counted immediately before it. Both are all that it
 * depends on, so that the order in which taps came changes nothing. `undefined`: nothing.
 */
export function suspect(policy: SuspicionPolicy, before: CountedTap, tap: CountedTap): Suspicion | undefined {
  const parts = [backwards(policy, before, tap), tooFar(policy, before, tap), jump(policy, before, tap)]
    .filter((part) => part !== undefined)
    .sort((one, other) => other.points - one.points);
  const [first] = parts;
  if (!first) return undefined;
  const score = Math.min(
    100,
    parts.reduce((sum, { points }) => sum + points, 0),
  );
  return { code: first.code, score, isSetAside: score >= policy.setAsideFrom, parts };
}

function backwards({ counterBackwards }: SuspicionPolicy, before: CountedTap, tap: CountedTap) {
  const { toleranceS, points, pointsPerHour, pointsMax } = counterBackwards;
  const earlierS = (before.atMs - tap.atMs) / 1000;
  if (earlierS <= toleranceS) return undefined;
  const scored = Math.round(points + (pointsPerHour * (earlierS - toleranceS)) / HOUR_S);
  return part('transaction-counter-backwards', Math.min(pointsMax, scored), Math.round(earlierS), toleranceS);
}

function tooFar({ tooFarApart, places }: SuspicionPolicy, before: CountedTap, tap: CountedTap) {
  const { toleranceS, fastestKmH, points, pointsMax } = tooFarApart;
  const km = distanceBetween(places, before.place, tap.place);
  const hours = (Math.abs(tap.atMs - before.atMs) / 1000 + toleranceS) / HOUR_S;
  const possibleKm = hours * fastestKmH;
  if (km === undefined || km <= possibleKm) return undefined;
  const scored = Math.round(points + (pointsMax - points) * (1 - possibleKm / km));
  return part('places-too-far-apart', scored, Math.round(km), Math.round(possibleKm));
}

function jump({ counterJump }: SuspicionPolicy, before: CountedTap, tap: CountedTap) {
  const { points, pointsPerHundred, pointsMax } = counterJump;
  const skipped = tap.atc - before.atc - 1;
  if (skipped <= counterJump.skipped) return undefined;
  const scored = Math.round(points + (pointsPerHundred * (skipped - counterJump.skipped)) / 100);
  return part('transaction-counter-jump', Math.min(pointsMax, scored), skipped, counterJump.skipped);
}

const part = (code: SuspicionCode, points: number, found: number, possible: number): SuspicionPart => ({
  code,
  points,
  found,
  possible,
});
