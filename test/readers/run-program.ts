import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A program of test/readers/programs, or another, as JavaScript where Node finds the packages that it imports. */
export async function buildProgram(
  name: string,
  entry = `test/readers/programs/${name}.ts`,
): Promise<{ path: string; remove(): void }> {
  const folder = join(root, 'node_modules', '.cache', `yongtap-${name}-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [join(root, entry)],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    loader: { '.yaml': 'text' },
  });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface RunningProgram {
  readonly process: ChildProcess;
  /** What it has said so far. */
  readonly lines: readonly string[];
  /** Settles when it says a line that begins like this; rejects when it ends before. */
  said(beginning: string): Promise<string>;
  /** Its exit code or signal; waits for it to end by itself. */
  readonly ended: Promise<number | string>;
}

export function runProgram(path: string, args: readonly string[], environment: object = {}): RunningProgram {
  const child = spawn(process.execPath, [path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const lines: string[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const pieces = (rest + text).split('\n');
    rest = pieces.pop()!;
    lines.push(...pieces);
    child.emit('line');
  });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const said = async (beginning: string) => {
    for (;;) {
      const line = lines.find((each) => each.startsWith(beginning));
      if (line !== undefined) return line;
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended after: ${lines.join(' | ')}`);
      await Promise.race([once(child, 'line'), ended]);
    }
  };
  return { process: child, lines, said, ended };
}
