import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

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
