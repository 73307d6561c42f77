import texts from './data/list-refusals.json';
import life from './data/list-steps.json';

export type ListState = 'draft' | 'submitted' | 'accepted' | 'returned' | 'discarded';

export const listStates = life.states as [ListState, ...ListState[]];

/** What can be done with a list. */
export type ListStepName = Exclude<keyof typeof life.steps, 'drop-row'>;

export const listStepNames = Object.keys(life.steps).filter((step) => step !== 'drop-row') as [
  ListStepName,
  ...ListStepName[],
];

export const listSteps: Readonly<
  Record<
    keyof typeof life.steps,
    { readonly from: readonly string[]; readonly decides: boolean; readonly needsReason: boolean }
  >
> = life.steps;

/** Stable; the words may change. */
export type ListRefusalCode = keyof typeof texts;

/** A step that cannot be taken: an answer, not a fault. */
export interface ListStepRefused {
  readonly result: 'refused';
  readonly code: ListRefusalCode;
  readonly detail: string;
}

export const refuseListStep = (code: ListRefusalCode, detail: string = texts[code]): ListStepRefused => ({
  result: 'refused',
  code,
  detail,
});

/** Steps that are allowed from a state. */
export const allowedFrom = (state: string): readonly string[] =>
  Object.entries(listSteps).flatMap(([step, { from }]) => (from.includes(state) ? [step] : []));
