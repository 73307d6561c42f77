import { setTimeout as sleep } from 'node:timers/promises';
import { ChannelError, type TransportProtocol } from '../card-channel.js';
import { isExtended } from '../rules/is-extended.js';
import { withinTime } from '../rules/with-time-limit.js';
import type { CardHandle } from './binding.js';
import type { ReaderChannel } from './pcsc.js';

/** How long `close` waits for a command that is still under way; the reader is given back when it has ended. */
const CLOSE_MS_MAX = 500;

/** Says what really happened, given the binding's error and the milliseconds that the command took. */
export type ExplainFailure = (error: unknown, elapsedMs: number) => Promise<ChannelError>;

export interface PcscChannelOptions {
  /** After how long without an answer a card is `card-mute`. */
  readonly commandTimeoutMs: number;
  readonly explain: ExplainFailure;
  readonly onClose: () => void;
}

/**
 * A channel over a binding's connection: one command at a time in the order of the calls, failures explained, and the
 * reader given back only when no command is under way, since the bindings block the process or crash otherwise.
 */
export class PcscChannel implements ReaderChannel {
  #open = true;
  #underWay: Promise<unknown> = Promise.resolve();
  #released: Promise<void> | undefined;

  constructor(
    readonly name: string,
    private readonly handle: CardHandle,
    private readonly options: PcscChannelOptions,
  ) {}

  get answerToReset(): Uint8Array | undefined {
    return this.handle.answerToReset;
  }

  get protocol(): TransportProtocol | undefined {
    return this.handle.protocol;
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const response = await this.#next(() => this.handle.transmit(command)).catch((error: ChannelError) => {
      throw error.code === 'communication-error' && isExtended(command) ? this.#tooLong(error) : error;
    });
    if (response.length < 2) {
      throw new ChannelError('communication-error', `${this.name}: an answer of ${response.length} bytes`);
    }
    return response;
  }

  async control(code: number, data: Uint8Array): Promise<Uint8Array> {
    return this.#next(() => this.handle.control(controlCode(code), data)).catch((error: ChannelError) => {
      if (error.code !== 'communication-error') throw error;
      const message = `${this.name} does not know the control code ${code}`;
      throw new ChannelError('reader-command-unsupported', message, { cause: error });
    });
  }

  reset(): Promise<void> {
    return this.#next(() => this.handle.reset());
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#released ??= this.#underWay.then(() => this.handle.release()).catch(() => {});
    this.options.onClose();
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
        throw await this.options.explain(error, performance.now() - start);
      }
    });
    this.#underWay = result.catch(() => {});
    return withinTime(result, this.options.commandTimeoutMs, this.name);
  }

  #tooLong(cause: ChannelError): ChannelError {
    const message = `${this.name} carries no commands of extended length, or the card takes none`;
    return new ChannelError('extended-length-unsupported', message, { cause });
  }
}

/** `SCARD_CTL_CODE` of this operating system. */
const controlCode = (code: number): number =>
  process.platform === 'win32' ? (0x31 << 16) | (code << 2) : 0x4200_0000 + code;
