import type { DataMap } from '../../../../emv/index.js';
import type { AnswerPattern } from './answer-pattern.js';

/** What a command can be made of: what was said so far, and what is the terminal's. */
export interface Surroundings {
  /** What terminal and card have said in this conversation, by tag; of what was said more than once the last. */
  readonly said: DataMap;
  /** How many GENERATE AC there were since the application was told to begin. */
  readonly cryptograms: number;
  readonly random: (length: number) => Uint8Array;
  readonly clock: () => Date;
}

/** Where a statement stands, and how it may be shown. */
export interface Place {
  /** `card.apdu, line 3`; empty at a prompt. */
  readonly at: string;
  /** As it was written, a PIN hidden. */
  readonly text: string;
}

export type Statement = Place &
  (
    | { readonly kind: 'command'; readonly build: (surroundings: Surroundings) => Uint8Array }
    | { readonly kind: 'expect'; readonly pattern: AnswerPattern }
    | { readonly kind: 'reset' }
    | { readonly kind: 'wait'; readonly milliseconds: number }
  );
