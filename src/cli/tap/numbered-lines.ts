import type { Colours } from '../colours.js';

/** Which of several taps it is. */
export interface TapNumber {
  readonly number: number;
  /** What the card lies on. */
  readonly place: string;
}

/** What is told of one of several taps begins with which it is, since others may be told in between. */
export function numberedLines(
  [first = '', ...lines]: readonly string[],
  among: TapNumber | undefined,
  colours: Colours,
): string[] {
  const which = among && `${colours.inverse(` tap ${among.number} `)} ${colours.dim(among.place)}`;
  return [first, ...(which === undefined ? [] : [which]), ...lines];
}
