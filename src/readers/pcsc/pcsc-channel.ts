import { setTimeout as sleep } from 'node:timers/promises';
import { ChannelError, type TransportProtocol } from '../card-channel.js';
import { isExtended } from '../rules/is-extended.js';
import { TimeWatch } from '../rules/time-watch.js';
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

/** One thing to ask of reader or card, what is made of the answer, and what of a failure that was explained. */
interface Request<T> {
  readonly send: () => Promise<T>;
  readonly accept?: (answer: T) => T;
  readonly say?: (error: ChannelError) => ChannelError;
}

/**
 * A channel over a binding's connection: one command at a time in the order of the calls, failures explained, and the
 * reader given back only when no command is under way, since the bindings block the process or crash otherwise.
 */
export class PcscChannel implements ReaderChannel {
  #open = true;
  /** How many commands have not ended yet. */
  #asked = 0;
  #underWay: Promise<unknown> = Promise.resolve();
  #released: Promise<void> | undefined;
  readonly #watch: TimeWatch;

  constructor(
    readonly name: string,
    private readonly handle: CardHandle,
    private readonly options: PcscChannelOptions,
  ) {
    this.#watch = new TimeWatch(name, options.commandTimeoutMs);
  }

  get answerToReset(): Uint8Array | undefined {
    return this.handle.answerToReset;
  }

  get protocol(): TransportProtocol | undefined {
    return this.handle.protocol;
  }

  transmit(command: Uint8Array): Promise<Uint8Array> {
    return this.#next({
      send: () => this.handle.transmit(command),
      accept: (response) => this.#withStatusWord(response),
      say: (error) => (error.code === 'communication-error' && isExtended(command) ? this.#tooLong(error) : error),
    });
  }

  control(code: number, data: Uint8Array): Promise<Uint8Array> {
    return this.#next({
      send: () => this.handle.control(controlCode(code), data),
      accept: plain,
      say: (error) => (error.code === 'communication-error' ? this.#unknownCode(code, error) : error),
    });
  }

  reset(): Promise<void> {
    return this.#next({ send: () => this.handle.reset() });
  }

  async close(): Promise<void> {
    this.#open = false;
    const release = () => this.handle.release();
    this.#released ??= this.#underWay.then(release, release).catch(() => {});
    this.options.onClose();
    const limit = new AbortController();
    await Promise.race([this.#released, sleep(CLOSE_MS_MAX, undefined, { signal: limit.signal }).catch(() => {})]);
    limit.abort();
  }

  /** A command that need not wait goes at once: what else there is to do for it is done while the card answers. */
  #next<T>(request: Request<T>): Promise<T> {
    const perform = () => this.#perform(request);
    const result = this.#asked++ === 0 ? perform() : this.#underWay.then(perform, perform);
    this.#underWay = result;
    return this.#watch.over(result);
  }

  #perform<T>({ send, accept, say }: Request<T>): Promise<T> {
    const startMs = performance.now();
    const given = (answer: T) => {
      this.#asked--;
      return accept === undefined ? answer : accept(answer);
    };
    const failed = async (error: unknown): Promise<never> => {
      const explained = await this.options.explain(error, performance.now() - startMs);
      this.#asked--;
      throw say === undefined ? explained : say(explained);
    };
    if (!this.#open) return this.#refuseAsClosed();
    try {
      return send().then(given, failed);
    } catch (error) {
      return failed(error);
    }
  }

  async #refuseAsClosed(): Promise<never> {
    this.#asked--;
    throw new ChannelError('channel-closed', `the channel to ${this.name} is closed`);
  }

  #withStatusWord(response: Uint8Array): Uint8Array {
    if (response.length >= 2) return plain(response);
    throw new ChannelError('communication-error', `${this.name}: an answer of ${response.length} bytes`);
  }

  #unknownCode(code: number, cause: ChannelError): ChannelError {
    const message = `${this.name} does not know the control code ${code}`;
    return new ChannelError('reader-command-unsupported', message, { cause });
  }

  #tooLong(cause: ChannelError): ChannelError {
    const message = `${this.name} carries no commands of extended length, or the card takes none`;
    return new ChannelError('extended-length-unsupported', message, { cause });
  }
}

/** What a package gives is a `Buffer`, whose `slice` and `toString` are others. */
const plain = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** `SCARD_CTL_CODE` of this operating system. */
const controlCode = (code: number): number =>
  process.platform === 'win32' ? (0x31 << 16) | (code << 2) : 0x4200_0000 + code;
