import { describe, expect, test, vi } from 'vitest';
import type { Fault } from '../../../simulator/index.js';
import { expectSound, expectSoundAgain, expectWrites, missing } from './invariants.js';
import { type Scenario, worthOf } from './scenario.js';
import { scenarios } from './scenarios/index.js';
import { type Aftermath, runBroken } from './torn-world.js';

/** Hundreds of transactions each: seconds of work, more where others work too. */
vi.setConfig({ testTimeout: 120_000 });

/** At which bytes of an answer it is torn: none, the first, all but the last. No reader tells those between apart. */
const cuts = (length: number): number[] => [...new Set([0, 1, length - 1])];

/** The commands with which the whole transaction takes money off the card, counted from 0. */
function payingCommands(scenario: Scenario, { states, writesAfter }: Aftermath): number[] {
  const worths = [scenario.file().state[0]!, ...states].map((state) => worthOf(scenario, state));
  return writesAfter
    .slice(1)
    .flatMap((writes, index) => (worths[writes]! < worths[writesAfter[index]!]! ? [index] : []));
}

test('torn at any byte of the answer that it pays with, the card has paid', async () => {
  const [scenario] = scenarios;
  const whole = await runBroken(scenario!);
  for (let bytes = 0; bytes < whole.answered.at(-1)!; bytes++) {
    const torn = await runBroken(scenario!, { faults: [{ kind: 'tear', at: whole.answered.length, bytes }] });
    expect(torn.kept).toEqual(whole.kept);
    expect(torn.belief).toMatchObject({ booked: 0, mayHavePaid: true });
  }
});

describe.each(scenarios)('$name', (scenario) => {
  test('keeps what it has to keep, each write all or nothing', async () => {
    const whole = await runBroken(scenario);
    expectWrites(scenario, whole);
    expect(missing(scenario, whole)).toBe(0);
  });

  test('torn before a command, it has kept what it had answered for', async () => {
    const whole = await runBroken(scenario);
    for (let command = 1; command <= whole.answered.length; command++) {
      const torn = await runBroken(scenario, { faults: [{ kind: 'tear-before', at: command }] });
      expect(torn.states, `tear-before@${command}`).toHaveLength(whole.writesAfter[command - 1]!);
      expectSound(scenario, whole, torn);
      await expectSoundAgain(scenario, whole, torn);
    }
  });

  test('torn in its answer to a command, it has done the command', async () => {
    const whole = await runBroken(scenario);
    const lost: number[] = [];
    for (const [index, length] of whole.answered.entries()) {
      for (const bytes of cuts(length)) {
        const fault: Fault = { kind: 'tear', at: index + 1, bytes };
        const torn = await runBroken(scenario, { faults: [fault] });
        expect(torn.states, `tear@${index + 1}:${bytes}`).toHaveLength(whole.writesAfter[index + 1]!);
        expectSound(scenario, whole, torn);
        if (bytes > 0) continue;
        if (missing(scenario, torn) > 0 && !torn.belief.issuerKnows) lost.push(index);
        await expectSoundAgain(scenario, whole, torn);
      }
    }
    // JR/T 0025.12-2013 7.7.19: the answer that the card pays with is the only one that the holder can lose by.
    expect(lost).toEqual(payingCommands(scenario, whole));
  });
});
