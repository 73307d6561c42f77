import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface SteppedProgram {
  readonly process: ChildProcess;
  /** All that it has said so far, in the order in which it came. */
  readonly output: string;
  /** The lines of standard output so far. */
  readonly lines: readonly string[];
  /**
   * Settles with what it says from now on, or has said since the call before, up to what matches; rejects when it ends
   * before.
   */
  says(pattern: RegExp): Promise<string>;
  /** Its exit code or signal. */
  readonly ended: Promise<number | string>;
}

/** Runs a program that is led on by what it says: no step guesses how long another takes. */
export function runInSteps(
  command: readonly string[],
  environment: object,
  input: 'ignore' | 'pipe' = 'ignore',
): SteppedProgram {
  const [program, ...options] = command;
  const child = spawn(program!, options, {
    stdio: [input, 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let [output, stdout] = ['', ''];
  let heard = 0;
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (stream === child.stdout) stdout += text;
      child.emit('said');
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  return {
    process: child,
    ended,
    get output() {
      return output;
    },
    get lines() {
      return stdout.trimEnd().split('\n');
    },
    async says(pattern) {
      for (;;) {
        const found = pattern.exec(output.slice(heard));
        if (found) {
          heard += found.index + found[0].length;
          return found[0];
        }
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended after: ${output}`);
        await Promise.race([once(child, 'said'), ended]);
      }
    },
  };
}
