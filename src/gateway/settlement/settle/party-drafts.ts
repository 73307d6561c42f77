import type { Kysely } from 'kysely';
import type { Tables } from '../../storage/index.js';
import { operatorLine, sponsorLines } from '../file/booking-lines.js';
import { SettlementHash } from '../file/hash-settlement.js';
import type { DayBooking } from '../file/read-bookings.js';
import type { PartyKind, SettlementHead, SettlementLine } from '../settlement.js';
import { type DraftSettlement, headOf } from './draft-settlement.js';
import { type LastSettlement, lastOfParty } from './last-of-party.js';

/** A party's settlement while its lines pass. */
export class PartyDraft {
  readonly #hash: SettlementHash;

  constructor(
    readonly head: SettlementHead,
    readonly before: LastSettlement,
  ) {
    this.#hash = new SettlementHash(head, before.sha256);
  }

  add(line: SettlementLine): void {
    this.#hash.add(line);
  }

  finish(): DraftSettlement {
    return { head: this.head, before: this.before, ...this.#hash.finish() };
  }
}

/** The settlements of all parties of a day, each begun when the party is met first. */
export class PartyDrafts {
  readonly #drafts = new Map<string, PartyDraft>();
  readonly #kysely: Kysely<Tables>;
  readonly #serviceDay: string;

  /** `kysely`: another connection than the one on which lines are being read. */
  constructor(kysely: Kysely<Tables>, serviceDay: string) {
    this.#kysely = kysely;
    this.#serviceDay = serviceDay;
  }

  async begin(kind: PartyKind, party: string): Promise<void> {
    if (!this.#drafts.has(`${kind} ${party}`)) await this.#begin(kind, party);
  }

  /** Begins what the bookings of an operator need. */
  async meet(operator: string, bookings: readonly DayBooking[]): Promise<void> {
    await this.begin('operator', operator);
    const sponsors = new Set(bookings.flatMap((booking) => booking.sponsors.map(({ sponsor }) => sponsor)));
    for (const sponsor of sponsors) await this.begin('sponsor', sponsor);
  }

  /** A booking as a line of each party that has to do with it; all are begun. */
  linesOf(booking: DayBooking): [PartyDraft, SettlementLine][] {
    const draftOf = (kind: PartyKind, party: string) => this.#drafts.get(`${kind} ${party}`)!;
    return [
      [draftOf('operator', booking.operator), operatorLine(booking)],
      ...sponsorLines(booking).map(({ sponsor, line }): [PartyDraft, SettlementLine] => [
        draftOf('sponsor', sponsor),
        line,
      ]),
    ];
  }

  async #begin(kind: PartyKind, party: string): Promise<void> {
    const before = await lastOfParty(this.#kysely, kind, party);
    const draft = new PartyDraft(headOf(this.#serviceDay, kind, party, before, undefined), before);
    this.#drafts.set(`${kind} ${party}`, draft);
  }

  /** Operators, then sponsors, in order of their names: two processes never wait for each other's party. */
  all(): PartyDraft[] {
    return [...this.#drafts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, draft]) => draft);
  }
}
