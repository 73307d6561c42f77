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

export const step = (what: string, rule: string, result: string, isAsTheRulesSay: boolean): StepOutcome => ({
  what,
  rule,
  result,
  isAsTheRulesSay,
});
