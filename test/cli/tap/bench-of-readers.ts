import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import {
  type PresentableCard,
  type PresentedCard,
  type PresentOptions,
  presentCard,
  type ReaderService,
} from '../../../simulator/index.js';
import { type BuiltProgram, buildProgram } from '../../support/build-program.js';
import { runInSteps, type SteppedProgram } from './run-in-steps.js';

/** For the tests of one block: the command as a process, and cards on the readers of a PC/SC service. All is put away. */
export function benchOfReaders(serviceOf: () => ReaderService) {
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-bench-'));
  const laid = new Set<PresentedCard>();
  const running = new Set<SteppedProgram>();
  let command: BuiltProgram;

  beforeAll(async () => {
    command = await buildProgram('src/cli/main.ts');
  });
  afterEach(async () => {
    for (const { ended, process } of running) {
      process.kill('SIGKILL');
      await ended;
    }
    running.clear();
    for (const card of laid) await card.withdraw();
    laid.clear();
  });
  afterAll(async () => {
    command?.remove();
    await serviceOf()?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    folder,
    /** What starts the command. */
    yongtap: (...args: string[]) => [process.execPath, command.path, ...args],
    run(line: readonly string[], environment: object = {}, input: 'ignore' | 'pipe' = 'ignore'): SteppedProgram {
      const run = runInSteps(line, { YONGTAP_STATE: folder, ...environment }, input);
      running.add(run);
      return run;
    },
    async lay(card: PresentableCard, slot = 0, options: PresentOptions = {}): Promise<PresentedCard> {
      const presented = await presentCard(card, { ...serviceOf().slots[slot]!, ...options });
      laid.add(presented);
      return presented;
    },
  };
}
