import { coloursFor } from '../colours.js';
import { exitCodes } from '../exit-codes.js';
import { reportError } from '../report-error.js';
import { Deliverer } from './deliver.js';
import type { StatusLine } from './loop/status-line.js';
import type { OpenTerminal } from './open-terminal.js';
import type { OpenedCard } from './opened-card.js';
import { printSummary } from './print-summary.js';
import { TornTaps } from './recovery/torn-taps.js';
import { tapCardOnce } from './tap-card-once.js';
import type { TapOptions } from './tap-options.js';
import { TapPrinter } from './tap-printer.js';
import { TapTally } from './tap-tally.js';
import { TapStatistics } from './timing/tap-statistics.js';

/** All taps of one command: each told as it happens, and what the shell is answered in the end. */
export class TapRun {
  readonly tally = new TapTally();
  readonly #status: StatusLine;
  readonly #deliverer: Deliverer;
  #deliveries: Promise<void> = Promise.resolve();
  readonly #statistics = new TapStatistics();
  readonly #torn: TornTaps;
  #turn: Promise<unknown> = Promise.resolve();
  #number = 0;
  #hasRefusals = false;
  #unrecorded: number | undefined;
  #undelivered: number | undefined;

  constructor(
    private readonly terminal: OpenTerminal,
    private readonly options: TapOptions & { readonly count: number },
    { signal, status }: { readonly signal: AbortSignal; readonly status: StatusLine },
  ) {
    this.#status = status;
    this.#torn = new TornTaps(terminal.bench.profile);
    const onRetry = (reason: string, delayMs: number) => {
      status.clear();
      process.stderr.write(`gateway: ${reason}; again in ${(delayMs / 1000).toFixed(1)} s\n`);
    };
    this.#deliverer = new Deliverer(terminal.queue, { ...options, signal, onRetry });
  }

  /** Taps the card that lies there. When this settles it may be taken away; the gateway may still be asked. */
  async tap(card: OpenedCard): Promise<void> {
    const number = ++this.#number;
    const among = this.options.count === 1 ? undefined : { number, place: card.channel.name };
    const printer = new TapPrinter(this.options, (lines) => this.#print(lines), among);
    const ended = await this.#inTurn(async () => {
      if (await this.#isRecovered(card, printer)) return undefined;
      return tapCardOnce(this.terminal, card, { deliverer: this.#deliverer, printer });
    });
    if (ended === undefined) return;
    const { delivered, tap, unrecorded } = ended;
    this.#torn.note(tap.result);
    this.tally.add(tap.result);
    this.#statistics.add(tap.timing);
    if (unrecorded) this.#unrecorded = await this.#report(unrecorded);
    const told = delivered.then(async (delivery) => {
      this.#hasRefusals ||= delivery?.isRefused === true;
      this.#undelivered = delivery?.failure && (await this.#report(delivery.failure));
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
    if (!json) this.#print(printSummary(this.tally, timing, coloursFor(process.stdout), lang));
    else if (timing) this.#print([JSON.stringify({ summary: { ...this.tally.counts, timing } })]);
  }

  /** A gateway that took nothing at first, and all in the end, has all. */
  get exitCode(): number {
    const isNo = this.tally.notApproved > 0 || this.#hasRefusals;
    return this.#unrecorded ?? this.#undelivered ?? (isNo ? exitCodes.no : exitCodes.done);
  }

  /** The card of a torn tap that has paid passes, and pays nothing more. */
  async #isRecovered(card: OpenedCard, printer: TapPrinter): Promise<boolean> {
    const torn = await this.#torn.ask(card.channel);
    if (torn === undefined) return false;
    printer.recovered(torn);
    if (torn.recovery.verdict !== 'completed') return false;
    this.tally.addRecovered(torn.amountFen);
    await card.signal?.(true);
    return true;
  }

  /** A card with trade records gets the number of its tap before the tap is kept: there no two at once. */
  #inTurn<T>(tap: () => Promise<T>): Promise<T> {
    if (this.terminal.bench.profile.extension === undefined) return tap();
    const result = this.#turn.then(tap);
    this.#turn = result.catch(() => {});
    return result;
  }

  #print(lines: readonly string[]): void {
    this.#status.clear();
    for (const line of lines) console.log(line);
  }

  #report(error: Error): Promise<number> {
    this.#status.clear();
    return reportError(error, { json: false });
  }
}
