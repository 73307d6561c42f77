import { Turns } from '../../turns/turns.js';
import { exitCodes } from '../exit-codes.js';
import { Deliverer } from './deliver.js';
import type { CardRun } from './loop/card-run.js';
import type { RunSetting } from './loop/take-cards.js';
import type { OpenTerminal } from './open-terminal.js';
import type { OpenedCard } from './opened-card.js';
import { TornTaps } from './recovery/torn-taps.js';
import { tapCardOnce } from './tap-card-once.js';
import { TapLedger } from './tap-ledger.js';
import type { TapOptions } from './tap-options.js';
import { TapPrinter } from './tap-printer.js';

/** All taps of one command: each told as it happens, and what the shell is answered in the end. */
export class TapRun implements CardRun {
  readonly #ledger: TapLedger;
  readonly #deliverer: Deliverer;
  #deliveries: Promise<void> = Promise.resolve();
  readonly #torn: TornTaps;
  readonly #turns = new Turns();
  #hasRefusals = false;
  #unrecorded: number | undefined;
  #undelivered: number | undefined;

  constructor(
    private readonly terminal: OpenTerminal,
    private readonly options: TapOptions & { readonly count: number },
    { signal, status }: RunSetting,
  ) {
    this.#ledger = new TapLedger(options, status);
    this.#torn = new TornTaps(terminal.bench.profile);
    const onRetry = (reason: string, delayMs: number) =>
      this.#ledger.tell(`gateway: ${reason}; again in ${(delayMs / 1000).toFixed(1)} s`);
    this.#deliverer = new Deliverer(terminal.queue, { ...options, signal, onRetry });
  }

  get tally() {
    return this.#ledger.tally;
  }

  /** Taps the card that lies there. When this settles it may be taken away; the gateway may still be asked. */
  async tap(card: OpenedCard): Promise<void> {
    const among = this.#ledger.next(card.channel.name);
    const printer = new TapPrinter(this.options, (lines) => this.#ledger.print(lines), among);
    const ended = await this.#inTurn(async () => {
      if (await this.#isSettled(card, printer)) return undefined;
      return tapCardOnce(this.terminal, card, { deliverer: this.#deliverer, printer });
    });
    if (ended === undefined) return;
    const { delivered, tap, unrecorded } = ended;
    this.#torn.note(tap.result);
    this.#ledger.add(tap.result, tap.timing);
    if (unrecorded) this.#unrecorded = await this.#ledger.report(unrecorded);
    const told = delivered.then(async (delivery) => {
      this.#hasRefusals ||= delivery?.isRefused === true;
      this.#undelivered = delivery?.failure && (await this.#ledger.report(delivery.failure));
    });
    this.#deliveries = Promise.all([this.#deliveries, told]).then(() => {});
    this.#deliveries.catch(() => {});
  }

  /** Waits until every tap is told, and tells of several what they come to. Rejects where one could not be kept. */
  async end(): Promise<void> {
    await this.#deliveries;
    this.#ledger.summarize();
  }

  /** A gateway that took nothing at first, and all in the end, has all. */
  get exitCode(): number {
    const isNo = this.tally.notApproved > 0 || this.#hasRefusals;
    return this.#unrecorded ?? this.#undelivered ?? (isNo ? exitCodes.no : exitCodes.done);
  }

  /** The card of a torn tap that has paid passes, and pays nothing more; nor does one that has left before it said so. */
  async #isSettled(card: OpenedCard, printer: TapPrinter): Promise<boolean> {
    const torn = await this.#torn.ask(card.channel);
    if (torn === undefined) return false;
    printer.recovered(torn);
    const isCompleted = torn.recovery.verdict === 'completed';
    if (isCompleted) this.tally.addRecovered(torn.amountFen);
    else if (torn.error !== undefined) this.tally.addOther(torn.error);
    else return false;
    await card.signal?.(isCompleted);
    return true;
  }

  /** A card with trade records gets the number of its tap before the tap is kept: there no two at once. */
  #inTurn<T>(tap: () => Promise<T>): Promise<T> {
    return this.terminal.bench.profile.extension === undefined ? tap() : this.#turns.take(tap);
  }
}
