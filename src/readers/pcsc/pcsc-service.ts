import { setTimeout as sleep } from 'node:timers/promises';
import { ChannelError, type ChannelErrorCode } from '../card-channel.js';
import type { PcscBinding } from './binding.js';
import { explainFailure } from './explain-failure.js';
import type {
  ConnectOptions,
  Pcsc,
  PcscBindingName,
  ReaderChannel,
  ReaderEvent,
  ReaderStatus,
  WaitForCardOptions,
} from './pcsc.js';
import { PcscChannel } from './pcsc-channel.js';
import { readerEvents } from './reader-events.js';
import { requireService } from './service.js';
import { toChannelError } from './to-channel-error.js';

/** How often a wait looks for itself, in case the service told nothing, and how often it tries a mute card again. */
const LOOK_EVERY_MS = 5000;
const WAKE_EVERY_MS = 1000;
/** The pause before another try after a failure that may pass. */
const RETRY_MS = 100;

/** Failures that end when the reader, the card or the service comes back: a wait goes on, if it was not called off. */
const PASSING: readonly ChannelErrorCode[] = [
  'card-removed',
  'card-mute',
  'reader-lost',
  'communication-error',
  'card-in-use',
  'service-absent',
  'channel-closed',
];

/** Who could list the readers before is refused only by a service that is just ending. */
const PASSING_AT_ANOTHER_LOOK: readonly ChannelErrorCode[] = [...PASSING, 'service-forbidden'];

/** Failures after which nothing new is to be seen before something changes. */
const QUIET: readonly ChannelErrorCode[] = ['no-card', 'reader-not-found', 'card-mute'];

/** The readers, or why they cannot be seen at present. */
type View = readonly ReaderStatus[] | ChannelError;

export class PcscService implements Pcsc {
  readonly #closing = new AbortController();
  readonly #channels = new Set<ReaderChannel>();

  constructor(
    private readonly inner: PcscBinding,
    private readonly commandTimeoutMs: number,
  ) {}

  get binding(): PcscBindingName {
    return this.inner.name;
  }

  async readers(): Promise<ReaderStatus[]> {
    this.#requireOpen();
    return this.#list();
  }

  async waitForCard(
    name: string | undefined,
    { isWanted = () => true, timeoutMs, signal, onWaiting, ...options }: WaitForCardOptions,
  ): Promise<ReaderChannel> {
    this.#requireOpen();
    const calledOff = this.#calledOffBy(signal);
    const deadline = performance.now() + timeoutMs;
    const orAborted = (error: unknown) => {
      throw calledOff.aborted ? new ChannelError('aborted', 'the wait for a card was called off') : error;
    };
    let view: View = await this.#list().catch(orAborted);
    let told: ChannelErrorCode | undefined;
    for (;;) {
      const found: ReaderChannel | ChannelError =
        view instanceof ChannelError ? view : await this.#lookForCard(view, name, isWanted, options);
      if (calledOff.aborted) {
        if (!(found instanceof ChannelError)) await found.close();
        return orAborted(found);
      }
      if (!(found instanceof ChannelError)) return found;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw found;
      if (found.code !== told) onWaiting?.(found);
      told = found.code;
      view = await this.#viewAfterChange(view, found.code, leftMs, calledOff);
    }
  }

  async connect(readerName: string, options: ConnectOptions = {}): Promise<ReaderChannel> {
    this.#requireOpen();
    await requireService();
    const found = await this.#connect(readerName, options);
    if (found instanceof ChannelError) throw found;
    return found;
  }

  async *watch({ signal }: { readonly signal?: AbortSignal | undefined } = {}): AsyncGenerator<ReaderEvent> {
    this.#requireOpen();
    const calledOff = this.#calledOffBy(signal);
    let seen: readonly ReaderStatus[] = [];
    let view: View = await this.#list();
    while (!calledOff.aborted) {
      const now = view instanceof ChannelError ? unseen(view, seen) : view;
      const events = readerEvents(seen, now);
      seen = now;
      for (const event of events) {
        yield event;
        if (calledOff.aborted) return;
      }
      view = await this.#viewAfterChange(view, 'no-card', LOOK_EVERY_MS, calledOff);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.inner.close(), ...[...this.#channels].map((channel) => channel.close())]);
  }

  #calledOffBy(signal: AbortSignal | undefined): AbortSignal {
    return AbortSignal.any([this.#closing.signal, ...(signal ? [signal] : [])]);
  }

  /**
   * A channel to the first card that will do, or why there is none. A card that gave no answer to reset lay badly or came slowly:
   * the service leaves it at that, but powers it up once more for who connects.
   */
  async #lookForCard(
    readers: readonly ReaderStatus[],
    name: string | undefined,
    isWanted: (reader: ReaderStatus) => boolean,
    options: ConnectOptions,
  ): Promise<ReaderChannel | ChannelError> {
    const wanted = readers.filter((reader) => !name || reader.name.toLowerCase().includes(name.toLowerCase()));
    const present = wanted.find((reader) => reader.card === 'present' && isWanted(reader));
    const reader = present ?? wanted.find(({ card }) => card === 'mute');
    if (reader) return this.#connect(reader.name, options);
    const where = name ? `reader ${name}` : 'any reader';
    if (wanted.length === 0) return new ChannelError('reader-not-found', `there is no ${name ? where : 'reader'}`);
    return new ChannelError('no-card', `no card on ${where}`);
  }

  async #connect(readerName: string, options: ConnectOptions): Promise<ReaderChannel | ChannelError> {
    try {
      const handle = await this.inner.connect(readerName, options);
      const channel: PcscChannel = new PcscChannel(readerName, handle, {
        commandTimeoutMs: this.commandTimeoutMs,
        explain: (error, elapsedMs) => explainFailure(this.inner, readerName, error, elapsedMs),
        onClose: () => this.#channels.delete(channel),
      });
      this.#channels.add(channel);
      return channel;
    } catch (error) {
      const failure = passing(error, readerName, PASSING);
      const explained = (message: string) => new ChannelError(failure.code, message, { cause: error });
      if (failure.code === 'card-mute') return explained(`the card on ${readerName} gives no answer to reset`);
      if (failure.code !== 'card-in-use') return failure;
      return explained(
        `another program uses the card on ${readerName}${options.share === 'exclusive' ? '' : ' alone'}`,
      );
    }
  }

  /** Waits for a change, at most as long as is left; a service or reader that is away meanwhile is waited for. */
  async #viewAfterChange(view: View, reason: ChannelErrorCode, leftMs: number, signal: AbortSignal): Promise<View> {
    try {
      if (view instanceof ChannelError || !QUIET.includes(reason)) {
        await pause(leftMs, signal);
        return await this.#list();
      }
      await requireService();
      const limitMs = Math.min(leftMs, reason === 'card-mute' ? WAKE_EVERY_MS : LOOK_EVERY_MS);
      return await this.inner.waitForChange(view, limitMs, signal);
    } catch (error) {
      return passing(error, 'PC/SC service', PASSING_AT_ANOTHER_LOOK);
    }
  }

  async #list(): Promise<ReaderStatus[]> {
    await requireService();
    try {
      return await this.inner.readers();
    } catch (error) {
      throw toChannelError(error, 'PC/SC service');
    }
  }

  #requireOpen(): void {
    if (this.#closing.signal.aborted) throw new ChannelError('channel-closed', 'the PC/SC service was closed');
  }
}

const pause = (leftMs: number, signal: AbortSignal) =>
  sleep(Math.min(leftMs, RETRY_MS), undefined, { signal }).catch(() => {});

/** Without a service there are no readers; a look that failed otherwise says nothing of them. */
const unseen = ({ code }: ChannelError, seen: readonly ReaderStatus[]): readonly ReaderStatus[] =>
  code === 'service-absent' || code === 'service-forbidden' ? [] : seen;

/** The error as a channel's, thrown if waiting does not help. */
function passing(error: unknown, place: string, codes: readonly ChannelErrorCode[]): ChannelError {
  const failure = toChannelError(error, place);
  if (!codes.includes(failure.code)) throw failure;
  return failure;
}
