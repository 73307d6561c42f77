import outcomes from './outcomes.json' with { type: 'json' };

/** What a terminal answers to a card, in the codes of its outcome. */
export interface ExpectedOutcome {
  readonly reason: string;
  /** Where offline data authentication failed. */
  readonly authentication?: string;
}

/** `tapped` at a bus validator; `inserted` at a shop that can go online, whose issuer says yes to 10 yuan. */
export interface ExpectedOutcomes {
  readonly tapped?: ExpectedOutcome;
  readonly inserted?: ExpectedOutcome;
}

/** What becomes of a card of a profile in the box; `undefined` for one that is not. */
export function expectedOutcomes(profileName: string): ExpectedOutcomes | undefined {
  return (outcomes as Readonly<Record<string, ExpectedOutcomes>>)[profileName];
}
