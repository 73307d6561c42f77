import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import {
  createCardFile,
  createTestPki,
  issueCard,
  loadProfile,
  openCard,
  type ReaderService,
  readCardFile,
} from '../../simulator/index.js';
import { type BuiltProgram, buildProgram } from '../support/build-program.js';
import { type RunningProgram, runProgram } from './run-program.js';

/** For the tests of one block: a 5·1 service card that a process shows on the first reader, and the command beside it. */
export function cardShownByProcess(serviceOf: () => ReaderService, ...options: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-shown-'));
  const cardFile = join(folder, 'card.json');
  let command: BuiltProgram;
  let presenting: RunningProgram | undefined;
  const yongtap = (...args: string[]) => runProgram(command.path, args, { YONGTAP_STATE: folder });

  beforeAll(async () => {
    command = await buildProgram('src/cli/main.ts');
    createCardFile(cardFile, issueCard(loadProfile('service-card-51'), createTestPki()), { replace: false });
    presenting = yongtap('card', 'present', cardFile, '--socket', serviceOf().slots[0]!.socketPath, ...options);
  });
  afterAll(async () => {
    presenting?.process.kill();
    await presenting?.ended;
    command?.remove();
    await serviceOf()?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    folder,
    cardFile,
    /** The command's file. */
    program: () => command.path,
    yongtap,
    presenting: () => presenting!,
    /** Of the electronic cash, as the file has it. */
    balanceFen: () =>
      openCard(readCardFile(cardFile), { random: () => new Uint8Array(0) }).inspect().applications[0]!.purse.balanceFen,
  };
}
