import type { ExpectedAnswer } from '../ride/item.js';
import { Tally } from '../ride/tally.js';

/** What became of uploads, or must. */
export interface AnswerCounts {
  readonly uploads: number;
  readonly created: number;
  /** The same again. */
  readonly exists: number;
  readonly conflict: number;
  readonly refused: number;
  /** The refused ones by their codes. */
  readonly refusedByCode: Readonly<Record<string, number>>;
}

const REFUSED = 'refused:';

/** Counts answers to uploads, whether awaited or given. */
export class AnswerTally {
  #uploads = 0;
  readonly #plain = new Tally();
  readonly #refused = new Tally();

  add(answer: ExpectedAnswer): void {
    this.#uploads++;
    if (answer.startsWith(REFUSED)) this.#refused.add(answer.slice(REFUSED.length));
    else this.#plain.add(answer);
  }

  counts(): AnswerCounts {
    const refusedByCode = this.#refused.toJSON();
    return {
      uploads: this.#uploads,
      created: this.#plain.get('created'),
      exists: this.#plain.get('exists'),
      conflict: this.#plain.get('conflict'),
      refused: Object.values(refusedByCode).reduce((sum, count) => sum + count, 0),
      refusedByCode,
    };
  }
}

/**
 * Whether the answers are the expected ones. A gateway that has seen the day before says `exists` where it said
 * `created`: the two count together.
 */
export function agree(expected: AnswerCounts, given: AnswerCounts): boolean {
  const comparable = ({ created, exists, conflict, refusedByCode }: AnswerCounts) =>
    JSON.stringify([created + exists, conflict, refusedByCode]);
  return comparable(expected) === comparable(given);
}
