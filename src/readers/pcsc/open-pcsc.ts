import { setTimeout as sleep } from 'node:timers/promises';
import { type CardChannel, ChannelError, type ChannelErrorCode } from '../card-channel.js';
import { createNfcPcscBinding } from '../pcsc-nfc-pcsc/nfc-pcsc-binding.js';
import { createSmartcardBinding } from '../pcsc-smartcard/smartcard-binding.js';
import { withTimeLimit } from '../rules/with-time-limit.js';
import type { PcscBinding } from './binding.js';
import { explainFailure } from './explain-failure.js';
import type { Pcsc, PcscBindingName, ReaderStatus, WaitForCardOptions } from './pcsc.js';
import { PcscChannel } from './pcsc-channel.js';
import { requireService } from './service.js';
import { toChannelError } from './to-channel-error.js';

export interface OpenPcscOptions {
  /** Without it `smartcard` where it loads, else `nfc-pcsc`. */
  readonly binding?: PcscBindingName | undefined;
  /** After how long without an answer a card is `card-mute`. The longest command, a signature, takes about 1 s. */
  readonly commandTimeoutMs?: number | undefined;
}

const COMMAND_TIMEOUT_MS = 10_000;
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

const bindings = {
  smartcard: createSmartcardBinding,
  'nfc-pcsc': createNfcPcscBinding,
} as const satisfies Record<PcscBindingName, () => PcscBinding>;

/**
 * Opens the PC/SC service. Throws {@link ChannelError} `binding-missing`; whether the service runs is seen by the first
 * call that needs it, each of which ends with `service-absent` within a second where it does not.
 *
 * @example
 * const pcsc = openPcsc();
 * const channel = withTransportRules(await pcsc.waitForCard('ACR122', { timeoutMs: 30_000 }));
 */
export function openPcsc({ binding, commandTimeoutMs = COMMAND_TIMEOUT_MS }: OpenPcscOptions = {}): Pcsc {
  return new PcscService(binding ? bindings[binding]() : firstThatLoads(), commandTimeoutMs);
}

function firstThatLoads(): PcscBinding {
  const failures: ChannelError[] = [];
  for (const create of Object.values(bindings)) {
    try {
      return create();
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      failures.push(error);
    }
  }
  const reasons = failures.map(({ message }) => message).join('; ');
  throw new ChannelError('binding-missing', `no binding to PC/SC loads: ${reasons}`, { cause: failures[0] });
}

class PcscService implements Pcsc {
  readonly #closing = new AbortController();
  readonly #channels = new Set<CardChannel>();

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
    { timeoutMs, signal, onWaiting }: WaitForCardOptions,
  ): Promise<CardChannel> {
    this.#requireOpen();
    const calledOff = AbortSignal.any([this.#closing.signal, ...(signal ? [signal] : [])]);
    const deadline = performance.now() + timeoutMs;
    const orAborted = (error: unknown) => {
      throw calledOff.aborted ? new ChannelError('aborted', 'the wait for a card was called off') : error;
    };
    let view: View = await this.#list().catch(orAborted);
    let told: ChannelErrorCode | undefined;
    for (;;) {
      const found: CardChannel | ChannelError =
        view instanceof ChannelError ? view : await this.#lookForCard(view, name);
      if (calledOff.aborted) {
        if (!(found instanceof ChannelError)) await found.close();
        return orAborted(found);
      }
      if (!(found instanceof ChannelError)) return found;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw found;
      if (found.code !== told) onWaiting?.(found);
      told = found.code;
      view = await this.#viewAfterChange(view, found, leftMs, calledOff);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.inner.close(), ...[...this.#channels].map((channel) => channel.close())]);
  }

  /**
   * A channel to the first card, or why there is none. A card that gave no answer to reset lay badly or came slowly:
   * the service leaves it at that, but powers it up once more for who connects.
   */
  async #lookForCard(readers: readonly ReaderStatus[], name: string | undefined): Promise<CardChannel | ChannelError> {
    const wanted = readers.filter((reader) => !name || reader.name.toLowerCase().includes(name.toLowerCase()));
    const reader = wanted.find(({ card }) => card === 'present') ?? wanted.find(({ card }) => card === 'mute');
    if (reader) return this.#connect(reader.name);
    const where = name ? `reader ${name}` : 'any reader';
    if (wanted.length === 0) return new ChannelError('reader-not-found', `there is no ${name ? where : 'reader'}`);
    return new ChannelError('no-card', `no card on ${where}`);
  }

  async #connect(readerName: string): Promise<CardChannel | ChannelError> {
    try {
      const handle = await this.inner.connect(readerName);
      const channel: PcscChannel = new PcscChannel(
        readerName,
        handle,
        (error, elapsedMs) => explainFailure(this.inner, readerName, error, elapsedMs),
        () => this.#channels.delete(channel),
      );
      this.#channels.add(channel);
      return withTimeLimit(channel, this.commandTimeoutMs);
    } catch (error) {
      const failure = passing(error, readerName, PASSING);
      if (failure.code !== 'card-mute') return failure;
      return new ChannelError('card-mute', `the card on ${readerName} gives no answer to reset`, { cause: error });
    }
  }

  /** Waits for a change, at most as long as is left; a service or reader that is away meanwhile is waited for. */
  async #viewAfterChange(view: View, failure: ChannelError, leftMs: number, signal: AbortSignal): Promise<View> {
    try {
      if (view instanceof ChannelError || !QUIET.includes(failure.code)) {
        await pause(leftMs, signal);
        return await this.#list();
      }
      await requireService();
      const limitMs = Math.min(leftMs, failure.code === 'card-mute' ? WAKE_EVERY_MS : LOOK_EVERY_MS);
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

/** The error as a channel's, thrown if waiting does not help. */
function passing(error: unknown, place: string, codes: readonly ChannelErrorCode[]): ChannelError {
  const failure = toChannelError(error, place);
  if (!codes.includes(failure.code)) throw failure;
  return failure;
}
