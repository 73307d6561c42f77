import { CommandFaults } from '../../faults/command-faults.js';
import { untilInterrupted } from '../../until-interrupted.js';
import { cardTimeoutMs } from '../card-timeout.js';
import type { Recording } from '../recording/recording.js';
import type { TapOptions } from '../tap-options.js';
import { ReaderOverheads } from '../timing/reader-overheads.js';
import type { CardRun } from './card-run.js';
import { howManyTaps } from './how-many-taps.js';
import { StatusLine } from './status-line.js';
import { tapOnReaders } from './tap-on-readers.js';
import { tapSameCard } from './tap-same-card.js';

export interface CardsOptions extends TapOptions {
  /** The folder of the terminal. */
  readonly state: string;
  readonly recording?: Recording | undefined;
}

export interface RunSetting {
  readonly count: number;
  readonly signal: AbortSignal;
  readonly status: StatusLine;
}

/** Begins a run and hands it cards, or the same one, as often as was asked for; sets the exit code. */
export async function takeCards(options: CardsOptions, begin: (setting: RunSetting) => CardRun): Promise<void> {
  const faults = new CommandFaults(options.fault);
  const { signal, dispose } = untilInterrupted();
  const status = new StatusLine(process.stderr);
  try {
    const count = howManyTaps(options, process.stdout);
    const run = begin({ count, signal, status });
    const timeoutMs = cardTimeoutMs(options.timeout);
    const overheads = measuresReaders(options) ? new ReaderOverheads() : undefined;
    if (count !== 1 && options.card === undefined && options.recording === undefined) {
      faults.requireNone();
      const isUnlimited = options.timeout === undefined && !Number.isFinite(count);
      const loop = { ...options, overheads, count, signal, status, ...(!isUnlimited && { timeoutMs }) };
      await tapOnReaders(run, loop).finally(() => run.end());
    } else {
      const onWaiting = (message: string) => void process.stderr.write(`${message}\n`);
      const place = { ...options, faults, overheads, timeoutMs, signal, onWaiting };
      await tapSameCard(run, place, count).finally(() => run.end());
      faults.tellUnstruck();
    }
    process.exitCode = run.exitCode;
  } finally {
    dispose();
  }
}

/**
 * To measure a reader costs it some commands: only for who looks at times. Over contacts they would reach the card, where
 * their class byte is none (ISO/IEC 7816-3 §9.2).
 */
const measuresReaders = ({ interface: by, json, record, trace }: TapOptions): boolean =>
  by !== 'contact' && Boolean(trace || json || record !== undefined);
