import type { Thrown } from '../storage/thrown.js';

/** Numbered, since answers need not come in the order of the questions. */
export interface Asked<Question> {
  readonly id: number;
  readonly question: Question;
}

export type Answered<Answer> = { readonly id: number } & ({ readonly answer: Answer } | { readonly thrown: Thrown });
