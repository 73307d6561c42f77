import { type ReaderChannel, signal } from '../../readers/index.js';
import type { OpenedCard } from './opened-card.js';
import type { ReaderOverheads } from './timing/reader-overheads.js';
import { timeReader } from './timing/time-reader.js';
import { TimedChannel } from './timing/timed-channel.js';

export interface ReaderUse {
  /** Whether the reader is to tell the holder by lamp and buzzer. */
  readonly feedback?: boolean | undefined;
  /** Where the way to a reader is measured; without it card and reader are not told apart. */
  readonly overheads?: ReaderOverheads | undefined;
}

/** A card on a PC/SC reader, ready to be tapped. */
export function openCardOnReader(connection: ReaderChannel, { feedback, overheads }: ReaderUse): OpenedCard {
  const channel = new TimedChannel(connection);
  return {
    channel,
    timekeeper: timeReader(channel, async () => overheads?.of(channel)),
    ...(feedback && {
      signal: async (isAccepted: boolean) => void (await signal(connection, isAccepted ? 'approved' : 'declined')),
    }),
    close: () => channel.close(),
  };
}
