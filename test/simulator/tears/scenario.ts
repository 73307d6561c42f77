import type { CardFile, CardInterface } from '../../../simulator/index.js';
import type { CardChannel } from '../../../src/readers/index.js';
import type { TapRecord } from '../../../src/tap/index.js';

export type State = CardFile['state'][number];

/** What everybody but the card believes once a transaction is over or torn. Amounts in fen. */
export interface Belief {
  /** The terminal will have this paid from the purse on the card. */
  readonly booked: number;
  /** The terminal knows that the card may have paid, and that it cannot tell. */
  readonly mayHavePaid: boolean;
  /** What the issuer's account holds; the same as before where there is none. */
  readonly account: number;
  /** Approved by the issuer, and the terminal will have it paid from the account. */
  readonly bookedOnline: number;
  /** The issuer will be told that its approval came to nothing, or waits for the card's word on a script. */
  readonly issuerKnows: boolean;
  /** Of an accepted tap. */
  readonly evidence?: TapRecord['evidence'];
  /** Asks the card that is back what became of a transaction that may have paid. */
  readonly recover?: (channel: CardChannel) => Promise<'completed' | 'not-completed' | 'unknown' | undefined>;
}

/** A transaction of one kind: the card as it lies there before, who talks to it, and what that makes of the card. */
export interface Scenario {
  readonly name: string;
  readonly over: CardInterface;
  /** A copy of its own each time. */
  file(): CardFile;
  run(channel: CardChannel): Promise<Belief>;
  /** What the issuer's account holds before. Default 0: there is none. */
  readonly account?: number;
  /**
   * What the card keeps of the whole transaction, write by write, each all or nothing: the fields that differ from the
   * write before, and no others.
   */
  readonly writes: readonly Partial<Record<keyof State, unknown>>[];
  /** What the holder has on the card of this kind of money. Default: purse, second purse and what is frozen, less the offset. */
  worth?(state: State): number;
  /**
   * JR/T 0025.12-2013 has no command behind a prepaid card's ARQC, with which it has paid; the terminal does not learn
   * that it may have been lost.
   */
  readonly paysWithoutWindow?: boolean;
  /** It pays from elsewhere than the purse of the terminal's currency: afterwards nobody can ask it whether it did. */
  readonly cannotBeAsked?: boolean;
}

export const worthOf = ({ worth }: Scenario, state: State): number => (worth ?? holdings)(state);

export function holdings({ balance, offsetUsed, preAuthorizations, secondBalance }: State): number {
  return balance + secondBalance - offsetUsed + preAuthorizations.reduce((sum, { amount }) => sum + amount, 0);
}

export const nothingBooked: Belief = { booked: 0, mayHavePaid: false, account: 0, bookedOnline: 0, issuerKnows: false };
