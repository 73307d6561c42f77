import type { TapQueue, TerminalLists } from '../../terminal/index.js';
import { openTerminalLists } from '../lists/open-terminal-lists.js';
import { parseInstant } from '../options/instant.js';
import { parsePlace } from '../options/place.js';
import { stateFolder } from '../state/state-folder.js';
import { loadTrust, type Trust } from '../trusted-keys.js';
import { type BenchTerminal, benchTerminal } from './bench-terminal.js';
import { openRecordingFile, type RecordingFile } from './recording/open-recording-file.js';
import type { Recording } from './recording/recording.js';
import { openBenchQueue } from './run-tap.js';
import type { TapOptions } from './tap-options.js';

const DEFAULT_PROFILE = 'metro-gate';

/** A terminal ready for cards: what it is, whom it trusts, where it keeps its taps. */
export interface OpenTerminal {
  readonly bench: BenchTerminal;
  readonly trust: Trust;
  /** Those that it goes by, where it has any. */
  readonly lists?: TerminalLists | undefined;
  readonly state: string;
  readonly queue: TapQueue;
  readonly recordingFile?: RecordingFile | undefined;
  /** The terminal's own chance, or that of the recording which is played. */
  readonly random?: ((length: number) => Uint8Array) | undefined;
  /** When the next tap is. */
  clock(): Date;
  close(): Promise<void>;
}

/** The terminal that the options name; what they leave open, a recording knows. Throws {@link CommandError}. */
export async function openTerminal(options: TapOptions, recording: Recording | undefined): Promise<OpenTerminal> {
  const bench = await chooseTerminal(options, recording);
  const at = options.at === undefined ? recording?.terminal.at : await parseInstant(options.at);
  const recordingFile = options.record === undefined ? undefined : await openRecordingFile(options.record);
  const state = stateFolder(options.state);
  const lists = options.lists === undefined ? undefined : await openTerminalLists(options.lists, at ?? new Date());
  const trust = await loadTrust({
    testCards: options.testCards,
    state,
    files: options.caKeys ?? [],
    listed: lists?.caKeys,
    listedRevoked: lists?.revoked,
  });
  const queue = await openBenchQueue(state, bench);
  const { unpredictableNumber } = recording?.terminal ?? {};
  return {
    bench,
    trust,
    lists,
    state,
    queue,
    recordingFile,
    ...(unpredictableNumber && { random: () => unpredictableNumber }),
    clock: () => at ?? new Date(),
    close: () => queue.close(),
  };
}

async function chooseTerminal(options: TapOptions, recording: Recording | undefined): Promise<BenchTerminal> {
  const { profile, event, place, amountFen } = recording?.terminal ?? {};
  const chosen = options.profile ?? profile ?? DEFAULT_PROFILE;
  const isRecorded = chosen === profile;
  return benchTerminal({
    ...options,
    profile: chosen,
    event: options.event ?? (isRecorded ? event : undefined),
    place: options.place === undefined ? (isRecorded ? place : undefined) : await parsePlace(options.place),
    amount: options.amount ?? (isRecorded ? amountFen : undefined),
  });
}
