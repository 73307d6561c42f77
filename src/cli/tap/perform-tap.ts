import { coloursFor } from '../colours.js';
import { exitCodes } from '../exit-codes.js';
import { parseInstant } from '../options/instant.js';
import { parsePlace } from '../options/place.js';
import { reportError } from '../report-error.js';
import { stateFolder } from '../state/state-folder.js';
import { loadTrust } from '../trusted-keys.js';
import { untilInterrupted } from '../until-interrupted.js';
import { type BenchTerminal, benchTerminal } from './bench-terminal.js';
import { deliver } from './deliver.js';
import { openChannel } from './open-channel.js';
import { findRecording } from './recording/find-recording.js';
import { openRecordingFile } from './recording/open-recording-file.js';
import type { Recording } from './recording/recording.js';
import { openBenchQueue, runTap } from './run-tap.js';
import type { TapOptions } from './tap-options.js';
import { TapPrinter } from './tap-printer.js';

const DEFAULT_PROFILE = 'metro-gate';

/** One tap from the command line: of a card, or of a recorded conversation; printed, kept, recorded and posted. */
export async function performTap(options: TapOptions): Promise<void> {
  const recording = await findRecording(options);
  const bench = await chooseTerminal(options, recording);
  const at = options.at === undefined ? recording?.terminal.at : await parseInstant(options.at);
  const recordingFile = options.record === undefined ? undefined : await openRecordingFile(options.record);
  const printer = new TapPrinter(options, coloursFor(process.stdout));
  const interruption = untilInterrupted();
  const state = stateFolder(options.state);
  const trust = await loadTrust({ testCards: options.testCards, state, files: options.caKeys ?? [] });
  const queue = await openBenchQueue(state, bench);
  try {
    const card = await openChannel({
      ...options,
      recording,
      state,
      timeoutMs: options.timeout * 1000,
      signal: interruption.signal,
      onWaiting: (message) => process.stderr.write(`${message}\n`),
    });
    try {
      const { channel } = card;
      const tap = { bench, channel, at: at ?? new Date(), ...trust };
      const kept = await runTap(queue, bench, {
        ...tap,
        clock: () => tap.at,
        ...playedChance(recording),
        onExchange: (exchange) => printer.exchange(exchange),
      });
      printer.decided(kept);
      const unrecorded = await recordingFile?.add({ ...tap, result: kept.result }).catch((error: Error) => error);
      const delivery = await deliver(queue, kept.record, options, interruption.signal, printer);
      printer.finish(kept, delivery);
      if (!kept.result.accepted || delivery?.isRefused) process.exitCode = exitCodes.no;
      for (const failure of [delivery?.failure, unrecorded]) {
        if (failure) process.exitCode = await reportError(failure, { json: false });
      }
    } finally {
      await card.close();
    }
  } finally {
    interruption.dispose();
    await queue.close();
  }
}

/** What the options leave open, a recording knows. */
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

const playedChance = (recording: Recording | undefined) => {
  const { unpredictableNumber } = recording?.terminal ?? {};
  return unpredictableNumber && { random: () => unpredictableNumber };
};
