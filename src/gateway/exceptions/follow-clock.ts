import type { ExceptionPolicy } from './exception-policy.js';

export type ClockState = 'right' | 'ahead' | 'behind';

/** What the uploads of a terminal say of its clock. Instants and delays (upload − event time) in milliseconds. */
export interface Clock {
  readonly state: ClockState;
  readonly sinceMs: number;
  /** How far ahead it is at least; below zero: behind, or it uploads late. */
  readonly offsetMs: number;
  readonly windowSinceMs: number;
  readonly windowTaps: number;
  readonly delayMinMs: number;
  readonly delayMaxMs: number;
}

export interface TapTimes {
  readonly atMs: number;
  readonly uploadedAtMs: number;
}

/** A clock after some more taps, which are none of them older than those before by their upload. */
export function followClock(
  policy: ExceptionPolicy['clock'],
  known: Clock | undefined,
  taps: readonly TapTimes[],
): Clock {
  const delays = taps.map(({ atMs, uploadedAtMs }) => uploadedAtMs - atMs);
  const latestMs = Math.max(...taps.map(({ uploadedAtMs }) => uploadedAtMs));
  const earliestMs = Math.min(...taps.map(({ uploadedAtMs }) => uploadedAtMs));
  const goesOn = known && latestMs - known.windowSinceMs <= policy.windowS * 1000 ? known : undefined;
  const least = Math.min(...delays);
  const window = {
    offsetMs: 0 - least,
    windowSinceMs: goesOn?.windowSinceMs ?? earliestMs,
    windowTaps: (goesOn?.windowTaps ?? 0) + taps.length,
    delayMinMs: Math.min(goesOn?.delayMinMs ?? least, least),
    delayMaxMs: Math.max(goesOn?.delayMaxMs ?? least, ...delays),
  };
  const state = judge(policy, known?.state ?? 'right', least, window, latestMs);
  if (known && state === known.state) return { ...window, state, sinceMs: known.sinceMs };
  // What came before the change says nothing of the clock as it is now.
  const anew = {
    windowSinceMs: earliestMs,
    windowTaps: taps.length,
    delayMinMs: least,
    delayMaxMs: Math.max(...delays),
  };
  return { ...window, ...(known && anew), state, sinceMs: latestMs };
}

function judge(
  { aheadS, behindS, steadyS, steadyForS, steadyTaps }: ExceptionPolicy['clock'],
  state: ClockState,
  leastMs: number,
  { windowSinceMs, windowTaps, delayMinMs, delayMaxMs }: Omit<Clock, 'state' | 'sinceMs'>,
  latestMs: number,
): ClockState {
  if (leastMs < -aheadS * 1000) return 'ahead';
  if (leastMs <= behindS * 1000) return 'right';
  const isSteady = delayMinMs > behindS * 1000 && delayMaxMs - delayMinMs <= steadyS * 1000;
  const isLong = latestMs - windowSinceMs >= steadyForS * 1000 && windowTaps >= steadyTaps;
  if (isSteady && isLong) return 'behind';
  return state === 'behind' && isSteady ? 'behind' : 'right';
}
