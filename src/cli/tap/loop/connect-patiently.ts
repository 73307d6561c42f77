import { setTimeout as sleep } from 'node:timers/promises';
import { ChannelError, type ChannelErrorCode, type ReaderChannel } from '../../../readers/index.js';

const RETRY_MS = 250;

/** A card that another program has for itself, or that lies badly, may be had a moment later. */
const PASSING: readonly ChannelErrorCode[] = ['card-in-use', 'card-mute', 'communication-error'];

interface Patience {
  /** Whether there is still something to wait for. */
  readonly isWorthwhile: () => boolean;
  /** Told what is in the way, once. */
  readonly onHindered: (reason: ChannelError) => void;
}

/** Connects to a card that has come, again and again as long as it is worthwhile. Throws {@link ChannelError}. */
export async function connectPatiently(
  connect: () => Promise<ReaderChannel>,
  { isWorthwhile, onHindered }: Patience,
): Promise<ReaderChannel> {
  let told: ChannelErrorCode | undefined;
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      if (!(error instanceof ChannelError) || !PASSING.includes(error.code) || !isWorthwhile()) throw error;
      if (error.code !== told) onHindered(error);
      told = error.code;
      await sleep(RETRY_MS);
    }
  }
}
