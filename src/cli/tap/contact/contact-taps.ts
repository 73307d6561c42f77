import { randomBytes } from 'node:crypto';
import { Turns } from '../../../turns/turns.js';
import { coloursFor } from '../../colours.js';
import { exitCodes } from '../../exit-codes.js';
import type { CardRun } from '../loop/card-run.js';
import type { StatusLine } from '../loop/status-line.js';
import type { RunSetting } from '../loop/take-cards.js';
import { numberedLines, type TapNumber } from '../numbered-lines.js';
import type { OpenedCard } from '../opened-card.js';
import { TapLedger } from '../tap-ledger.js';
import type { TapOptions } from '../tap-options.js';
import { contactAsJson } from './contact-as-json.js';
import type { ContactOptions } from './contact-options.js';
import { type ContactTap, isAccepted } from './contact-tap.js';
import { contactVector } from './contact-vector.js';
import { httpIssuer } from './issuer/http-issuer.js';
import type { IssuerLine } from './issuer/issuer-line.js';
import { ownIssuer } from './issuer/own-issuer.js';
import type { Counter } from './open-counter.js';
import { type PinPad, pinEntry } from './pin/pin-entry.js';
import { readPin } from './pin/read-pin.js';
import { printContactTap } from './print/print-contact-tap.js';
import { runContactTap } from './run-contact-tap.js';

/** All contact transactions of one command: each told as it happens, and what the shell is answered in the end. */
export class ContactTaps implements CardRun {
  readonly #ledger: TapLedger;
  readonly #status: StatusLine;
  readonly #line: IssuerLine | undefined;
  readonly #turns = new Turns();
  /** Of what went wrong beside the cards. */
  #failure: number | undefined;

  constructor(
    private readonly counter: Counter,
    private readonly options: TapOptions & ContactOptions,
    { count, status }: RunSetting,
  ) {
    this.#ledger = new TapLedger({ ...options, count }, status);
    this.#status = status;
    this.#line = lineTo(options, (message) => this.#ledger.tell(message));
  }

  get tally() {
    return this.#ledger.tally;
  }

  async tap(card: OpenedCard): Promise<void> {
    const among = this.#ledger.next(card.channel.name);
    const tap = await this.#inTurn(() => this.#run(card, among));
    const { amountFen, isConfirmed, refusal, run, timing } = tap;
    this.#ledger.add({ accepted: isAccepted(tap), amountFen, reason: run.outcome.reason }, timing);
    await card.signal?.(isAccepted(tap));
    this.#print(tap, among);
    if (refusal) this.#failure = await this.#ledger.report(refusal);
    if (isConfirmed === false)
      this.#ledger.tell('the issuer was not told how it ended; the card tells it at its next transaction');
    await this.counter.recordingFile
      ?.addVector((id) => contactVector(id, tap, card.channel))
      .catch(async (error: Error) => {
        this.#failure = await this.#ledger.report(error);
      });
  }

  async end(): Promise<void> {
    this.#ledger.summarize();
  }

  get exitCode(): number {
    return this.#failure ?? (this.tally.notApproved > 0 ? exitCodes.no : exitCodes.done);
  }

  /** Each card has its own holder, who is asked for the PIN anew. */
  #run(card: OpenedCard, among: TapNumber | undefined): Promise<ContactTap> {
    const { amountFen, clock, terminalAt, type, zonePinKey } = this.counter;
    const at = clock();
    const pins = pinEntry(this.options.pin, this.#padFor(among), (why) => this.#ledger.tell(why));
    return runContactTap({ type, amountFen, at, terminal: terminalAt(at), card, line: this.#line, pins, zonePinKey });
  }

  #padFor(among: TapNumber | undefined): PinPad | undefined {
    const { stdin: input, stderr: output } = process;
    if (!input.isTTY) return undefined;
    const where = among ? `${among.place}: ` : '';
    return { read: (prompt) => this.#status.aside(() => readPin(where + prompt, { input, output })) };
  }

  /** There is one PIN pad: where PINs are typed, one card after the other. */
  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    return this.options.pin !== undefined || !process.stdin.isTTY ? run() : this.#turns.take(run);
  }

  #print(tap: ContactTap, among: TapNumber | undefined): void {
    const { json, showPan = false } = this.options;
    if (json) {
      const told = contactAsJson(tap, { reader: among?.place, showPan });
      this.#ledger.print([JSON.stringify(told, undefined, among ? 0 : 2)]);
    } else {
      const colours = coloursFor(process.stdout);
      this.#ledger.print(numberedLines(printContactTap(tap, colours, this.options), among, colours));
    }
  }
}

function lineTo({ issuer, issuerKey }: ContactOptions, onFailure: (message: string) => void): IssuerLine | undefined {
  if (issuer === undefined) return undefined;
  return issuer === 'simulator' ? ownIssuer(randomBytes) : httpIssuer({ url: issuer, key: issuerKey, onFailure });
}
