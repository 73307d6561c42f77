import type { CardChannel } from '../../readers/index.js';
import { coloursFor } from '../colours.js';
import { exitCodes } from '../exit-codes.js';
import { reportError } from '../report-error.js';
import { Deliverer } from './deliver.js';
import type { OpenTerminal } from './open-terminal.js';
import { tapCardOnce } from './tap-card-once.js';
import type { TapOptions } from './tap-options.js';
import { TapPrinter, tellRetry } from './tap-printer.js';
import { TapTally } from './tap-tally.js';

/** All taps of one command: each told as it happens, and what the shell is answered in the end. */
export class TapRun {
  readonly tally = new TapTally();
  readonly #deliverer: Deliverer;
  #deliveries: Promise<void> = Promise.resolve();
  #number = 0;
  #hasRefusals = false;
  #unrecorded: number | undefined;
  #undelivered: number | undefined;

  constructor(
    private readonly terminal: OpenTerminal,
    private readonly options: TapOptions & { readonly count: number },
    signal: AbortSignal,
  ) {
    this.#deliverer = new Deliverer(terminal.queue, { ...options, signal, onRetry: tellRetry });
  }

  /** Taps the card that lies there. When this settles it may be taken away; the gateway may still be asked. */
  async tap(channel: CardChannel): Promise<void> {
    const number = ++this.#number;
    const among = this.options.count === 1 ? undefined : { number, place: channel.name };
    const printer = new TapPrinter(this.options, coloursFor(process.stdout), among);
    const { delivered, kept, unrecorded } = await tapCardOnce(this.terminal, channel, {
      deliverer: this.#deliverer,
      printer,
    });
    this.tally.add(kept.result);
    if (unrecorded) this.#unrecorded = await reportError(unrecorded, { json: false });
    const told = delivered.then(async (delivery) => {
      this.#hasRefusals ||= delivery?.isRefused === true;
      this.#undelivered = delivery?.failure && (await reportError(delivery.failure, { json: false }));
    });
    this.#deliveries = Promise.all([this.#deliveries, told]).then(() => {});
    this.#deliveries.catch(() => {});
  }

  /** Waits until every tap is told. Rejects where one could not be kept. */
  end(): Promise<void> {
    return this.#deliveries;
  }

  /** A gateway that took nothing at first, and all in the end, has all. */
  get exitCode(): number {
    const isNo = this.tally.notApproved > 0 || this.#hasRefusals;
    return this.#unrecorded ?? this.#undelivered ?? (isNo ? exitCodes.no : exitCodes.done);
  }
}
