import { CommandFaults } from '../faults/command-faults.js';
import { untilInterrupted } from '../until-interrupted.js';
import { howManyTaps } from './loop/how-many-taps.js';
import { StatusLine } from './loop/status-line.js';
import { tapOnReaders } from './loop/tap-on-readers.js';
import { tapSameCard } from './loop/tap-same-card.js';
import type { CardPlace } from './open-channel.js';
import { openTerminal } from './open-terminal.js';
import { findRecording } from './recording/find-recording.js';
import type { TapOptions } from './tap-options.js';
import { TapRun } from './tap-run.js';
import { ReaderOverheads } from './timing/reader-overheads.js';

const SECONDS_MS = 1000;
/** How long one card is waited for; in an endless loop for ever. */
const TIMEOUT_SECONDS = 60;

/** `yongtap tap`: taps cards, or a recorded conversation, as often as was asked for. */
export async function performTap(options: TapOptions): Promise<void> {
  const faults = new CommandFaults(options.fault);
  const recording = await findRecording(options);
  const terminal = await openTerminal(options, recording);
  const { signal, dispose } = untilInterrupted();
  const status = new StatusLine(process.stderr);
  try {
    const count = howManyTaps(options, process.stdout);
    const run = new TapRun(terminal, { ...options, count }, { signal, status });
    const seconds = options.timeout ?? (Number.isFinite(count) ? TIMEOUT_SECONDS : undefined);
    const timeoutMs = seconds && seconds * SECONDS_MS;
    const overheads = tellsTimes(options) ? new ReaderOverheads() : undefined;
    if (count !== 1 && options.card === undefined && recording === undefined) {
      faults.requireNone();
      await tapOnReaders(run, { ...options, overheads, count, timeoutMs, signal, status }).finally(() => run.end());
    } else {
      const place: CardPlace = {
        ...options,
        recording,
        faults,
        overheads,
        state: terminal.state,
        timeoutMs: timeoutMs ?? TIMEOUT_SECONDS * SECONDS_MS,
        signal,
        onWaiting: (message: string) => void process.stderr.write(`${message}\n`),
      };
      await tapSameCard(run, place, count);
      await run.end();
    }
    process.exitCode = run.exitCode;
  } finally {
    dispose();
    await terminal.close();
  }
}

/** To measure a reader costs it some commands: only for who looks at times. */
const tellsTimes = ({ json, record, trace }: TapOptions): boolean => Boolean(trace || json || record !== undefined);
