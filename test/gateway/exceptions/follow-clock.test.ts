import { describe, expect, it } from 'vitest';
import { boxedExceptionPolicy } from '../../../src/gateway/exceptions/exception-policy.js';
import { type Clock, followClock } from '../../../src/gateway/exceptions/follow-clock.js';

const { clock: policy } = boxedExceptionPolicy();
const minutes = (count: number) => count * 60_000;

/** A tap made at a minute and uploaded at another. */
const tap = (madeAt: number, uploadedAt: number) => ({ atMs: minutes(madeAt), uploadedAtMs: minutes(uploadedAt) });

const follow = (taps: readonly ReturnType<typeof tap>[], known?: Clock) =>
  taps.reduce<Clock | undefined>((clock, each) => followClock(policy, clock, [each]), known)!;

const steadily = (count: number, delay: number, from = 0) =>
  Array.from({ length: count }, (_, index) => tap(from + 2 * index - delay, from + 2 * index));

describe('a terminal’s clock', () => {
  it('is right where taps come at once', () => {
    expect(follow(steadily(30, 0))).toMatchObject({ state: 'right', offsetMs: 0 });
  });

  it('is ahead as soon as a tap comes before it was made', () => {
    expect(follow([tap(10, 7)])).toMatchObject({ state: 'ahead', offsetMs: minutes(3), sinceMs: minutes(7) });
  });

  it('is right again once it has been set', () => {
    const ahead = follow([tap(10, 7)]);
    expect(follow([tap(20, 20)], ahead)).toMatchObject({ state: 'right', sinceMs: minutes(20) });
  });

  it('is behind where taps come late by the same time for a while', () => {
    expect(follow(steadily(9, 60)).state).toBe('right');
    expect(follow(steadily(12, 60))).toMatchObject({ state: 'behind', offsetMs: -minutes(60) });
  });

  it('stays behind, and is right again when a tap comes at once', () => {
    const behind = follow(steadily(12, 60));
    expect(follow(steadily(3, 60, 24), behind)).toMatchObject({ state: 'behind', sinceMs: behind.sinceMs });
    expect(follow([tap(40, 40)], behind).state).toBe('right');
  });

  it('is right where a batch of a day comes in the evening', () => {
    const day = Array.from({ length: 100 }, (_, index) => tap(index * 5, 700));
    expect(followClock(policy, undefined, day).state).toBe('right');
  });

  it('is right where a bus was in a tunnel', () => {
    expect(follow([...steadily(5, 0), ...Array.from({ length: 12 }, (_, index) => tap(10 + index, 30))]).state).toBe(
      'right',
    );
  });
});
