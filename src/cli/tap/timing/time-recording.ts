import type { RecordedChannel, Transcript } from '../../../readers/index.js';
import type { Recording } from '../recording/recording.js';
import type { PlacedExchange } from './timed-exchange.js';
import type { Timekeeper } from './timekeeper.js';

type Entries = Transcript['transcript'];

/** The times of a recording, where it has them: those of its playback say nothing of the card. */
export function timeRecording({ transcript: { transcript }, timing }: Recording, channel: RecordedChannel): Timekeeper {
  const hasTimes = transcript.every(({ at, elapsedUs }) => at !== undefined && elapsedUs !== undefined);
  /** How many entries had been played after each exchange. */
  const played: number[] = [0];
  return {
    note: () => played.push(transcript.length - channel.remaining),
    split: async (exchanges) => {
      if (!hasTimes) return { method: 'playback', exchanges };
      return {
        method: timing?.method ?? 'card-with-reader',
        exchanges: exchanges.map((exchange, index) =>
          asRecorded(exchange, transcript.slice(played[index], played[index + 1])),
        ),
      };
    },
    afterwards: (measured) => (hasTimes ? { decisionUs: timing?.decisionUs, keptUs: timing?.keptUs } : measured),
  };
}

/** An exchange that took several entries, for GET RESPONSE, lasts from the first to the last of them. */
function asRecorded<Exchange extends PlacedExchange>(exchange: Exchange, entries: Entries) {
  const [first, second] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return exchange;
  const elapsedUs = Math.round((last.at! - first.at!) * 1000) + last.elapsedUs!;
  const { cardUs, readerUs } = first;
  const split = second === undefined && cardUs !== undefined && readerUs !== undefined;
  return { ...exchange, at: first.at!, elapsedUs, ...(split && { cardUs, readerUs }) };
}
