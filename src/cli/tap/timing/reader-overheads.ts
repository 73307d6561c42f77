import { type CardChannel, ChannelError, readerOverhead } from '../../../readers/index.js';

/** What the way to each reader takes, measured once. */
export class ReaderOverheads {
  readonly #known = new Map<string, number | undefined>();

  /** In microseconds; `undefined` where the reader cannot be measured, and for now where its card has gone. */
  async of(channel: CardChannel): Promise<number | undefined> {
    if (!this.#known.has(channel.name)) {
      try {
        this.#known.set(channel.name, await readerOverhead(channel));
      } catch (error) {
        if (!(error instanceof ChannelError)) throw error;
      }
    }
    return this.#known.get(channel.name);
  }
}
