import { setTimeout as sleep } from 'node:timers/promises';
import { type CardChannel, ChannelError } from '../card-channel.js';
import type { CardHandle } from './binding.js';

/** How long `close` waits for a command that is still under way; the reader is given back when it has ended. */
const CLOSE_MS_MAX = 500;

/** Says what really happened, given the binding's error and the milliseconds that the command took. */
export type ExplainFailure = (error: unknown, elapsedMs: number) => Promise<ChannelError>;

/**
 * A channel over a binding's connection: one command at a time in the order of the calls, failures explained, and the
 * reader given back only when no command is under way, since the bindings block the process or crash otherwise.
 */
export class PcscChannel implements CardChannel {
  #open = true;
  #underWay: Promise<unknown> = Promise.resolve();
  #released: Promise<void> | undefined;

  constructor(
    readonly name: string,
    private readonly handle: CardHandle,
    private readonly explain: ExplainFailure,
    private readonly onClose: () => void,
  ) {}

  get answerToReset(): Uint8Array | undefined {
    return this.handle.answerToReset;
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const response = await this.#next(() => this.handle.transmit(command));
    if (response.length < 2) {
      throw new ChannelError('communication-error', `${this.name}: an answer of ${response.length} bytes`);
    }
    return response;
  }

  reset(): Promise<void> {
    return this.#next(() => this.handle.reset());
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#released ??= this.#underWay.then(() => this.handle.release()).catch(() => {});
    this.onClose();
    const limit = new AbortController();
    await Promise.race([this.#released, sleep(CLOSE_MS_MAX, undefined, { signal: limit.signal }).catch(() => {})]);
    limit.abort();
  }

  #next<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#underWay.then(async () => {
      if (!this.#open) throw new ChannelError('channel-closed', `the channel to ${this.name} is closed`);
      const start = performance.now();
      try {
        return await action();
      } catch (error) {
        throw await this.explain(error, performance.now() - start);
      }
    });
    this.#underWay = result.catch(() => {});
    return result;
  }
}
