/** A part of a bar, in the unit of its scale. */
export interface BarPart {
  readonly from: number;
  readonly to: number;
  readonly glyph: string;
  readonly paint: (text: string) => string;
}

/**
 * Parts drawn to scale into so many columns of a terminal, without spaces at the end. A bar that has any length at all is
 * seen: its longest part takes one column at least.
 */
export function drawBar(parts: readonly BarPart[], scale: number, columns: number): string {
  const some = parts.filter(({ from, to }) => to > from);
  if (some.length === 0 || scale <= 0) return '';
  const columnOf = (value: number) => Math.round((value / scale) * columns);
  const drawn = some.filter(({ from, to }) => columnOf(to) > columnOf(from));
  if (drawn.length === 0) {
    const longest = some.reduce((left, right) => (right.to - right.from > left.to - left.from ? right : left));
    const column = Math.min(Math.floor((longest.from / scale) * columns), columns - 1);
    return ' '.repeat(column) + longest.paint(longest.glyph);
  }
  let end = 0;
  let bar = '';
  for (const { from, to, glyph, paint } of drawn) {
    const [left, right] = [Math.max(columnOf(from), end), columnOf(to)];
    bar += ' '.repeat(left - end) + paint(glyph.repeat(right - left));
    end = right;
  }
  return bar;
}
