import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { type Scenario, worthOf } from './scenario.js';
import { type Aftermath, channelTo, runBroken, withState } from './torn-world.js';

/** What the whole transaction keeps, and nothing else: each write differs from the one before as the scenario says. */
export function expectWrites(scenario: Scenario, { states }: Aftermath): void {
  const expected: unknown[] = [];
  let before: object = scenario.file().state[0]!;
  for (const write of scenario.writes) {
    before = { ...before, ...write };
    expected.push(before);
  }
  expect(states, scenario.name).toEqual(expected);
}

/** What the holder has less than before, whoever has it: nobody may have it, and less than nothing is money that was made. */
export function missing(scenario: Scenario, { belief, kept }: Aftermath): number {
  const before = worthOf(scenario, scenario.file().state[0]!) + (scenario.account ?? 0);
  return before - (worthOf(scenario, kept) + belief.account + belief.booked + belief.bookedOnline);
}

/**
 * What must hold whatever has gone wrong: the card has kept one of the states of the whole transaction, all or nothing;
 * nobody's money has grown; and where some is missing, terminal or issuer know that it may be so.
 */
export function expectSound(scenario: Scenario, whole: Aftermath, torn: Aftermath): void {
  const { belief, counters, kept } = torn;
  expect([scenario.file().state[0]!, ...whole.states]).toContainEqual(kept);
  const lost = missing(scenario, torn);
  expect(lost, 'money was made').toBeGreaterThanOrEqual(0);
  const isKnown = belief.mayHavePaid || belief.issuerKnows || scenario.paysWithoutWindow === true;
  if (lost > 0) expect(isKnown, 'money was lost, and nobody knows').toBe(true);
  expect(new Set(counters).size, 'one transaction, one counter').toBeLessThanOrEqual(1);
}

/** The card that is presented again works, begins a new transaction, and pays what is booked; asked first, it tells. */
export async function expectSoundAgain(scenario: Scenario, whole: Aftermath, torn: Aftermath): Promise<void> {
  const { belief, counters, kept } = torn;
  const verdict = await belief.recover?.(channelTo(scenario, kept));
  if (verdict !== undefined && belief.mayHavePaid && !(scenario.cannotBeAsked && verdict === 'unknown')) {
    expect(verdict).toBe(isDeepStrictEqual(kept, whole.kept) ? 'completed' : 'not-completed');
  }
  const again = await runBroken(scenario, {}, withState(scenario.file(), kept));
  expect(missing({ ...scenario, file: () => withState(scenario.file(), kept) }, again)).toBe(0);
  for (const counter of again.counters) {
    expect(counter, 'a counter that was shown before').toBeGreaterThan(Math.max(0, ...counters));
    expect(counter).toBeGreaterThan(kept.applicationTransactionCounter);
  }
}
