import type { ExpectedOutcome, ExpectedOutcomes } from '../../../simulator/index.js';
import type { Colours } from '../colours.js';

interface ListedProfile extends ExpectedOutcomes {
  readonly name: string;
  readonly title: string;
}

/** A line each: name, what becomes of the card, and what it is. */
export function describeProfiles(profiles: readonly ListedProfile[], colours: Colours): string[] {
  const rows = profiles.map(({ name, title, tapped, inserted }) => {
    const outcomes = [told('tapped', tapped), told('inserted', inserted)].filter((text) => text !== undefined);
    return { name, title, outcomes: outcomes.join(', ') };
  });
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(
    ({ name, title, outcomes }) => `${colours.cyan(name.padEnd(width))}  ${title} ${colours.dim(`[${outcomes}]`)}`,
  );
}

const told = (how: string, outcome: ExpectedOutcome | undefined): string | undefined =>
  outcome && `${how}: ${outcome.authentication ?? outcome.reason}`;
