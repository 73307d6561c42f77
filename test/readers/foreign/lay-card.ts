import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCardFile, createTestPki, issueCard, loadProfile, type ReaderService } from '../../../simulator/index.js';
import { openPcsc } from '../../../src/readers/index.js';
import { type RunningProgram, runProgram } from '../run-program.js';

/** Throws where a program of others is not there, with the way to mend it. */
export function requireProgram(name: string, option: string): void {
  if (spawnSync(name, [option]).error) throw new Error(`${name} is not installed: bash scripts/setup.sh`);
}

/** What a program of others said on both its streams, and how it ended. */
export interface Said {
  readonly text: string;
  readonly code: number | null;
}

export interface ForeignOptions {
  readonly input?: string;
  /** Ends the program as soon as what it has said so far is enough. */
  readonly until?: (text: string) => boolean;
}

/** Runs a program of others against the service. */
export function runForeign(
  { environment }: ReaderService,
  program: string,
  args: readonly string[],
  { input = '', until = () => false }: ForeignOptions = {},
): Promise<Said> {
  const child = spawn(program, args, {
    stdio: [input === '' ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment, LC_ALL: 'C' },
  });
  let text = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      if (until(text)) child.kill();
    });
  }
  child.stdin?.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ text, code }));
  });
}

/** A bank card in a file, which `yongtap card present` lays on the reader as it is told. */
export function cardOnReader(service: ReaderService) {
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-foreign-'));
  const file = join(folder, 'card.json');
  createCardFile(file, issueCard(loadProfile('service-card-51'), createTestPki()), { replace: false });
  let presenting: RunningProgram | undefined;
  const isPresent = async (wanted: boolean) => {
    const pcsc = openPcsc({ binding: 'smartcard' });
    while (((await pcsc.readers())[0]!.card === 'present') !== wanted) await sleep(5);
    await pcsc.close();
  };
  return {
    /** Until the next one, or `remove`. */
    async lay(...options: string[]): Promise<void> {
      await this.remove();
      const args = ['card', 'present', file, '--socket', service.slots[0]!.socketPath, ...options];
      presenting = runProgram('bin/yongtap.js', args, { YONGTAP_STATE: folder });
      await isPresent(true);
    },
    async remove(): Promise<void> {
      presenting?.process.kill('SIGINT');
      await presenting?.ended;
      presenting = undefined;
      await isPresent(false);
    },
    async end(): Promise<void> {
      await this.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
