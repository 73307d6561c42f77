import { spawnSync } from 'node:child_process';

/** Whether a test that needs this program of the machine can run. In CI it has to: nothing may be left out there. */
export const hasProgram = (name: string): boolean =>
  process.env.CI !== undefined || spawnSync(name, ['--version']).error === undefined;
