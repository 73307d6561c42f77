import { encodeResponse } from '../../../emv/apdu/index.js';
import type { CardInterface } from '../card-file.js';
import type { SoftwareCard } from '../open-card.js';
import { alterAnswer, effectOf } from './alter-answer.js';
import type { Fault } from './fault.js';
import type { FaultPlan } from './fault-plan.js';

const NOTHING = new Uint8Array(0);

/** What the reader has of an answer whose card has left, or has lost the field for a moment. */
export interface TornAnswer {
  readonly by: 'tear' | 'drop';
  /** The bytes that came, mostly none. */
  readonly received: Uint8Array;
}

/** A card that does wrong what it was told to, and everything else as before. */
export interface FaultyCard extends Pick<SoftwareCard, 'powerOn' | 'powerOff' | 'inspect'> {
  transmit(command: Uint8Array): Uint8Array | TornAnswer | Promise<Uint8Array | TornAnswer>;
  /** What has happened so far, in its order. */
  readonly struck: readonly StruckFault[];
}

export interface StruckFault {
  readonly fault: Fault;
  /** Its number since power-on. */
  readonly command: number;
}

export interface FaultOptions {
  /** Waits so many milliseconds; ends at once when the power goes. Rejections are not heard. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * Lets a card do wrong on purpose. Commands are counted from 1 since power-on. Between a tear and the next power-on the
 * card is not there; after a dropped field it is there again at once, and has forgotten everything.
 */
export function withFaults(card: SoftwareCard, plan: FaultPlan, options: FaultOptions): FaultyCard {
  return new WithFaults(card, plan, options);
}

class WithFaults implements FaultyCard {
  readonly struck: StruckFault[] = [];
  #sent = 0;
  #isAway = false;
  #by: CardInterface | undefined;
  /** Ends the wait of an answer that is late. */
  #wait: AbortController | undefined;

  constructor(
    private readonly card: SoftwareCard,
    private readonly plan: FaultPlan,
    private readonly options: FaultOptions,
  ) {}

  powerOn(by?: CardInterface): Uint8Array {
    const answerToReset = this.card.powerOn(by);
    this.#by = by;
    this.#sent = 0;
    this.#isAway = false;
    this.#wait?.abort();
    return answerToReset;
  }

  powerOff(): void {
    this.#wait?.abort();
    this.card.powerOff();
  }

  inspect() {
    return this.card.inspect();
  }

  transmit(command: Uint8Array): Uint8Array | TornAnswer | Promise<Uint8Array | TornAnswer> {
    if (this.#isAway) return { by: 'tear', received: NOTHING };
    const number = ++this.#sent;
    const striking = this.plan.strike(number, command);
    this.struck.push(...striking.map((fault) => ({ fault, command: number })));
    const before = striking.find(({ kind }) => kind === 'tear-before' || kind === 'drop');
    if (before !== undefined) return this.#tear(before.kind === 'drop' ? 'drop' : 'tear', NOTHING);
    const answer = striking.reduce(
      (given, fault) => alterAnswer(given, fault, number),
      this.#answer(command, striking),
    );
    const delayMs = striking.reduce((sum, fault) => sum + (fault.kind === 'late' ? fault.delayMs : 0), 0);
    return delayMs === 0 ? this.#deliver(answer, striking) : this.#deliverLate(answer, striking, delayMs);
  }

  /** A status word that refuses the command is answered in its place. */
  #answer(command: Uint8Array, striking: readonly Fault[]): Uint8Array {
    const refusal = striking.find((fault) => fault.kind === 'status' && !effectOf(fault.statusWord).runs);
    return refusal?.kind === 'status' ? encodeResponse(NOTHING, refusal.statusWord) : this.card.transmit(command);
  }

  #deliver(answer: Uint8Array, striking: readonly Fault[]): Uint8Array | TornAnswer {
    const tear = striking.find((fault) => fault.kind === 'tear');
    if (tear?.kind !== 'tear') return answer;
    const torn = this.#tear('tear', answer.subarray(0, tear.bytes));
    return tear.bytes < answer.length ? torn : answer;
  }

  async #deliverLate(answer: Uint8Array, striking: readonly Fault[], delayMs: number) {
    this.#wait = new AbortController();
    const { signal } = this.#wait;
    await this.options.sleep(delayMs, signal).catch(() => undefined);
    return signal.aborted ? { by: 'tear' as const, received: NOTHING } : this.#deliver(answer, striking);
  }

  #tear(by: TornAnswer['by'], received: Uint8Array): TornAnswer {
    this.powerOff();
    if (by === 'drop') this.powerOn(this.#by);
    else this.#isAway = true;
    return { by, received };
  }
}
