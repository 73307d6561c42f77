import { CommandFaults } from '../faults/command-faults.js';
import { untilInterrupted } from '../until-interrupted.js';
import { cardTimeoutMs } from './card-timeout.js';
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
    const timeoutMs = cardTimeoutMs(options.timeout);
    const overheads = tellsTimes(options) ? new ReaderOverheads() : undefined;
    if (count !== 1 && options.card === undefined && recording === undefined) {
      faults.requireNone();
      const isUnlimited = options.timeout === undefined && !Number.isFinite(count);
      const loop = { ...options, overheads, count, signal, status, ...(!isUnlimited && { timeoutMs }) };
      await tapOnReaders(run, loop).finally(() => run.end());
    } else {
      const place: CardPlace = {
        ...options,
        recording,
        faults,
        overheads,
        state: terminal.state,
        timeoutMs,
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
