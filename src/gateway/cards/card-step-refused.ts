import texts from './card-refusals.json';

/** Stable; the words may change. */
export type CardRefusalCode = keyof typeof texts;

export const cardRefusalCodes = Object.keys(texts) as readonly CardRefusalCode[];

/** A step of an order or a card that cannot be taken: an answer, not a fault. */
export interface CardStepRefused {
  readonly result: 'refused';
  readonly code: CardRefusalCode;
  readonly detail: string;
  /** Where the state speaks against it: what it is, and what is allowed now. */
  readonly state?: string;
  readonly allowed?: readonly string[];
}

export const refuseStep = (code: CardRefusalCode, detail: string = texts[code]): CardStepRefused => ({
  result: 'refused',
  code,
  detail,
});

/** The step is not one of those that are allowed from this state. */
export const stepNotAllowed = (step: string, state: string, allowed: readonly string[]): CardStepRefused => ({
  result: 'refused',
  code: 'card-step-not-allowed',
  detail: `${step} is not allowed from ${state}; allowed: ${allowed.join(', ') || 'nothing'}`,
  state,
  allowed,
});
