/** More slips than this of a hand make another word. */
const SLIPS_MAX = 3;

/** The one of these names that somebody who wrote `name` most likely meant; `undefined` where none is near. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const limit = Math.min(SLIPS_MAX, Math.ceil(name.length / 3));
  const [nearest] = names
    .map((known) => ({ known, slips: slipsBetween(name.toLowerCase(), known.toLowerCase()) }))
    .filter(({ slips }) => slips <= limit)
    .sort((one, other) => one.slips - other.slips);
  return nearest?.known;
}

/** Letters to put in, to take out or to change until one word is the other (Levenshtein). */
function slipsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1];
    for (let column = 0; column < other.length; column++) {
      const changed = row[column]! + (other[column] === letter ? 0 : 1);
      next.push(Math.min(changed, row[column + 1]! + 1, next[column]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
