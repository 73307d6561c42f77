import type { StepView } from './posted-tap.js';

export interface OrderedSteps {
  /** What the price is made of: the fare, and what changed it. */
  readonly counted: readonly StepView[];
  /**
   * Campaigns that were looked at in vain, each with the first reason against it; those of another time only where no
   * other was looked at.
   */
  readonly inVain: readonly StepView[];
}

/** The steps of a price in the order in which people ask: what it is made of first, then what else was looked at. */
export function orderSteps(steps: readonly StepView[]): OrderedSteps {
  const given = new Set(
    steps.flatMap(({ amountFen, campaign }) => (amountFen !== undefined && campaign !== undefined ? [campaign] : [])),
  );
  const isInVain = ({ campaign }: StepView) => campaign !== undefined && !given.has(campaign);
  const firstReasons = new Map<string | undefined, StepView>();
  for (const step of steps.filter(isInVain)) {
    if (!firstReasons.has(step.campaign)) firstReasons.set(step.campaign, step);
  }
  const reasons = [...firstReasons.values()];
  const ofThisTime = reasons.filter(({ rule }) => !ofAnotherTime.has(rule));
  return {
    counted: steps.filter((step) => !isInVain(step)),
    inVain: given.size > 0 || ofThisTime.length > 0 ? ofThisTime : reasons,
  };
}

const ofAnotherTime: ReadonlySet<string> = new Set(['campaign-ended', 'campaign-not-started']);
