import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExampleStep } from './example-step.js';
import { buildExampleTown } from './example-town.js';
import { playUnit } from './play-unit.js';

/** The clock with which the example begins: its gateway goes by this one, not by the machine's. */
const BEGINS = '2015-09-01T09:00:00+08:00';

export interface ExampleResult {
  readonly steps: readonly ExampleStep[];
  /** Where the books and cards are, if they were to stay. */
  readonly folder?: string;
}

/** Plays a unit of 200 made-up members with a gateway, cards and terminals of its own, from 2015 into 2016. */
export async function runExample({
  keep,
  onStep,
}: {
  readonly keep: boolean;
  readonly onStep: (step: ExampleStep) => void;
}): Promise<ExampleResult> {
  const folder = await mkdtemp(join(tmpdir(), 'yongtap-members-'));
  try {
    const town = await buildExampleTown(folder, BEGINS);
    try {
      const steps: ExampleStep[] = [];
      for await (const outcome of playUnit(town, folder)) {
        const told = { at: town.now().toISOString(), ...outcome };
        steps.push(told);
        onStep(told);
      }
      return { steps, ...(keep && { folder }) };
    } finally {
      await town.close();
    }
  } finally {
    if (!keep) await rm(folder, { recursive: true, force: true });
  }
}
