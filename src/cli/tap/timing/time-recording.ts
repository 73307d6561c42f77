import type { RecordedChannel } from '../../../readers/index.js';
import type { Recording } from '../recording/recording.js';
import type { Timekeeper } from './timekeeper.js';

/** The times of a recording, where it has them: those of its playback say nothing of the card. */
export function timeRecording({ transcript: { transcript }, timing }: Recording, channel: RecordedChannel): Timekeeper {
  const hasTimes = transcript.every(({ at, elapsedUs }) => at !== undefined && elapsedUs !== undefined);
  if (!hasTimes) return { method: 'playback', time: (exchange) => exchange, afterwards: (measured) => measured };
  let played = 0;
  return {
    method: timing?.method ?? 'card-with-reader',
    time: (exchange) => {
      const entries = transcript.slice(played, transcript.length - channel.remaining);
      played += entries.length;
      const [first] = entries;
      const last = entries.at(-1);
      if (first === undefined || last === undefined) return exchange;
      const at = first.at!;
      const elapsedUs = Math.round((last.at! - at) * 1000) + last.elapsedUs!;
      const [only, another] = entries;
      return { ...exchange, at, elapsedUs, ...(another === undefined && splitOf(only!)) };
    },
    afterwards: () => ({ decisionUs: timing?.decisionUs, keptUs: timing?.keptUs }),
  };
}

const splitOf = ({ cardUs, readerUs }: Recording['transcript']['transcript'][number]) => ({
  ...(cardUs !== undefined && { cardUs }),
  ...(readerUs !== undefined && { readerUs }),
});
