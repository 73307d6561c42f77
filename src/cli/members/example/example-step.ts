/** One thing that happened in the example, held against the rule that it shows. */
export interface ExampleStep {
  /** The simulated clock of the gateway. */
  readonly at: string;
  readonly what: string;
  readonly result: string;
  /** The rule, in our own words; one of docs/member-rules.md. */
  readonly rule: string;
  readonly isAsTheRulesSay: boolean;
}

/** What a chapter hands in: the result, and whether it is what the rule wants. */
export type StepOutcome = Pick<ExampleStep, 'what' | 'result' | 'rule' | 'isAsTheRulesSay'>;

/** A step that is right only where the very code or figure came out that the rule wants. */
export const step = (what: string, rule: string, actual: string, expected: string): StepOutcome => ({
  what,
  rule,
  result: actual === expected ? actual : `${actual} instead of ${expected}`,
  isAsTheRulesSay: actual === expected,
});

/** The outcomes of a chapter, one after the other, and what it hands on to those after it. */
export type Chapter<HandedOn = void> = AsyncGenerator<StepOutcome, HandedOn>;
