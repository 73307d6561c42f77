/** A beginning or an end of a stay, or where one was taken out. */
export interface StayTap {
  readonly id: string;
  readonly begins: boolean;
  /** Whether it lies outside of what is being priced. */
  readonly isOutside: boolean;
  /** Whether it was counted when its neighbours were priced before, and whether it is now. */
  readonly wasCounted: boolean;
  readonly isCounted: boolean;
}

/**
 * The taps outside whose stay is another one now: a beginning that something else follows than before, and an end that
 * something else precedes. In the order of the taps of one card and service, in which whatever stands between two of
 * them is there.
 */
export function touchedStays(inOrder: readonly StayTap[]): string[] {
  const ends = touched(inOrder, ({ begins }) => !begins);
  const beginnings = touched([...inOrder].reverse(), ({ begins }) => begins);
  return [...ends, ...beginnings];
}

function touched(taps: readonly StayTap[], hangsOnBefore: (tap: StayTap) => boolean): string[] {
  const found: string[] = [];
  let was: string | undefined;
  let is: string | undefined;
  for (const tap of taps) {
    if (tap.isOutside && hangsOnBefore(tap) && was !== is) found.push(tap.id);
    if (tap.wasCounted) was = tap.id;
    if (tap.isCounted) is = tap.id;
  }
  return found;
}
