import type { CardInterface } from '../../../../simulator/index.js';
import { type AnswerToResetReading, type ReaderStatus, readAnswerToReset } from '../../../readers/index.js';

export interface CardWish {
  /** Without it cards by radio are wanted. */
  readonly interface?: CardInterface | undefined;
  /** A part of the readers' name; without it all readers. */
  readonly reader?: string | undefined;
}

/** Whether a card is one of those that are waited for. */
export interface CardChoice {
  readonly isTaken: boolean;
  /** Said of a card that is not taken. */
  readonly why?: string;
  /** It may stay where it is: nobody is asked to take it away. */
  readonly mayStay?: boolean;
}

/** A reader that does not know what lies on it hides no card. */
const TAKEN: CardChoice = { isTaken: true };

/**
 * By radio a storage card is in the way: it takes no commands. A card with contacts is left alone there where nobody
 * named its reader: it may be a security module that always lies in its slot. In a slot no card by radio is wanted.
 */
export function chooseCard({ answerToReset, name }: ReaderStatus, wish: CardWish): CardChoice {
  if (answerToReset === undefined) return TAKEN;
  const { description, kind } = readAnswerToReset(answerToReset);
  const why = `${name}: ${description}`;
  if (wish.interface === 'contact') return chooseForSlot(kind, why);
  if (kind === 'storage') return { isTaken: false, why };
  return kind === 'contact' && wish.reader === undefined ? { isTaken: false, why, mayStay: true } : TAKEN;
}

function chooseForSlot(kind: AnswerToResetReading['kind'], why: string): CardChoice {
  if (kind === 'storage') return { isTaken: false, why, mayStay: true };
  if (kind !== 'contactless') return TAKEN;
  return { isTaken: false, why: `${why}; it is tapped without --interface contact`, mayStay: true };
}
