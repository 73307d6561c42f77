import { coloursFor } from '../colours.js';
import { exitCodes } from '../exit-codes.js';
import { reportError } from '../report-error.js';
import { Deliverer } from './deliver.js';
import type { OpenedCard } from './open-channel.js';
import type { OpenTerminal } from './open-terminal.js';
import { printSummary } from './print-summary.js';
import { tapCardOnce } from './tap-card-once.js';
import type { TapOptions } from './tap-options.js';
import { TapPrinter, tellRetry } from './tap-printer.js';
import { TapTally } from './tap-tally.js';
import { TapStatistics } from './timing/tap-statistics.js';

/** All taps of one command: each told as it happens, and what the shell is answered in the end. */
export class TapRun {
  readonly tally = new TapTally();
  readonly #deliverer: Deliverer;
  #deliveries: Promise<void> = Promise.resolve();
  readonly #statistics = new TapStatistics();
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
  async tap(card: OpenedCard): Promise<void> {
    const number = ++this.#number;
    const among = this.options.count === 1 ? undefined : { number, place: card.channel.name };
    const printer = new TapPrinter(this.options, coloursFor(process.stdout), among);
    const { delivered, tap, unrecorded } = await tapCardOnce(this.terminal, card, {
      deliverer: this.#deliverer,
      printer,
    });
    this.tally.add(tap.result);
    this.#statistics.add(tap.timing);
    if (unrecorded) this.#unrecorded = await reportError(unrecorded, { json: false });
    const told = delivered.then(async (delivery) => {
      this.#hasRefusals ||= delivery?.isRefused === true;
      this.#undelivered = delivery?.failure && (await reportError(delivery.failure, { json: false }));
    });
    this.#deliveries = Promise.all([this.#deliveries, told]).then(() => {});
    this.#deliveries.catch(() => {});
  }

  /** Waits until every tap is told, and tells of several what they come to. Rejects where one could not be kept. */
  async end(): Promise<void> {
    await this.#deliveries;
    const { count, json, lang, trace } = this.options;
    if (count === 1) return;
    const timing = trace ? this.#statistics.summary : undefined;
    if (!json) {
      for (const line of printSummary(this.tally, timing, coloursFor(process.stdout), lang)) console.log(line);
    } else if (timing) console.log(JSON.stringify({ summary: { ...this.tally.counts, timing } }));
  }

  /** A gateway that took nothing at first, and all in the end, has all. */
  get exitCode(): number {
    const isNo = this.tally.notApproved > 0 || this.#hasRefusals;
    return this.#unrecorded ?? this.#undelivered ?? (isNo ? exitCodes.no : exitCodes.done);
  }
}
