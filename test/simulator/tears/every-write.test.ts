import { describe, expect, test, vi } from 'vitest';
import { keepStatesIn } from '../../../simulator/card/durable/open-card-file.js';
import type { CardFile, CardState } from '../../../simulator/index.js';
import { expectSound, expectSoundAgain, missing } from './invariants.js';
import type { Scenario } from './scenario.js';
import { scenarios } from './scenarios/index.js';
import { type Failure, SimulatedDisk } from './simulated-disk.js';
import { type Aftermath, type Memory, runBroken } from './torn-world.js';

/** Hundreds of transactions each: seconds of work, more where others work too. */
vi.setConfig({ testTimeout: 120_000 });

const PATH = '/cards/card.json';
const stateIn = (text: string): CardState => (JSON.parse(text) as CardFile).state;

/** Runs a scenario with a card whose file lies on a disk. */
async function runOnDisk(scenario: Scenario, disk: SimulatedDisk): Promise<Aftermath> {
  const file = scenario.file();
  disk.put(PATH, JSON.stringify(file));
  const memory: Memory = {
    save: keepStatesIn(PATH, file, disk),
    load: () => stateIn(disk.read(PATH)),
    get isDead() {
      return disk.hasDied;
    },
  };
  return runBroken(scenario, { memory: () => memory }, file);
}

/** Fails each call of the disk in turn, until the transaction comes to its end without. */
async function failEachCall(
  scenario: Scenario,
  how: Failure['how'],
  check: (torn: Aftermath, whole: Aftermath, disk: SimulatedDisk) => Promise<void>,
  isWanted: (call: number) => boolean = () => true,
): Promise<number> {
  const whole = await runBroken(scenario);
  for (let call = 0; ; call++) {
    if (!isWanted(call)) continue;
    const disk = new SimulatedDisk({ call, how });
    const torn = await runOnDisk(scenario, disk);
    if (!disk.hasFailed) return call;
    await check(torn, whole, disk);
  }
}

/** Open, write, sync, close, rename; open, sync and close the folder. */
const CALLS_OF_A_WRITE = 8;
const RENAMING = 4;

describe.each(scenarios)('$name', (scenario) => {
  test('the process dies, or the power goes, in any call to the disk', async () => {
    const kept = new Map<string, Aftermath>();
    const calls = await failEachCall(scenario, 'dies', async (torn, whole, disk) => {
      for (const text of [disk.read(PATH), ...disk.afterPowerLoss(PATH)]) {
        const after = { ...torn, kept: stateIn(text)[0]! };
        expectSound(scenario, whole, after);
        kept.set(`${JSON.stringify(after.kept)}${torn.belief.mayHavePaid}`, after);
      }
    });
    expect(calls).toBe(scenario.writes.length * CALLS_OF_A_WRITE);
    const whole = await runBroken(scenario);
    for (const after of kept.values()) await expectSoundAgain(scenario, whole, after);
  });

  test('a call to the disk fails once: what the card refused for it has not been', async () => {
    await failEachCall(scenario, 'once', async (torn, whole) => {
      expectSound(scenario, whole, torn);
    });
  });

  test('the disk fails for good from the renaming on, or behind it: no money is made', async () => {
    const check = async (torn: Aftermath, whole: Aftermath) => {
      expect([scenario.file().state[0]!, ...whole.states]).toContainEqual(torn.kept);
      expect(missing(scenario, torn)).toBeGreaterThanOrEqual(0);
    };
    await failEachCall(scenario, 'for-good', check, (call) => call % CALLS_OF_A_WRITE >= RENAMING);
  });
});
