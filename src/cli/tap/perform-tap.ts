import { CommandFaults } from '../faults/command-faults.js';
import { untilInterrupted } from '../until-interrupted.js';
import { openTerminal } from './open-terminal.js';
import { findRecording } from './recording/find-recording.js';
import type { TapOptions } from './tap-options.js';
import { TapRun } from './tap-run.js';
import { tapSameCard } from './tap-same-card.js';

const SECONDS_MS = 1000;

/** `yongtap tap`: taps cards, or a recorded conversation, as often as was asked for. */
export async function performTap(options: TapOptions): Promise<void> {
  const faults = new CommandFaults(options.fault);
  const recording = await findRecording(options);
  const terminal = await openTerminal(options, recording);
  const { signal, dispose } = untilInterrupted();
  try {
    const count = options.count ?? 1;
    const run = new TapRun(terminal, { ...options, count }, signal);
    const place = {
      ...options,
      recording,
      faults,
      state: terminal.state,
      timeoutMs: options.timeout * SECONDS_MS,
      signal,
      onWaiting: (message: string) => void process.stderr.write(`${message}\n`),
    };
    await tapSameCard(run, place, count);
    await run.end();
    process.exitCode = run.exitCode;
  } finally {
    dispose();
    await terminal.close();
  }
}
