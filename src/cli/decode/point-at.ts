const BEFORE = 40;
const SHOWN_MAX = 76;

const KEPT_FIRST = 6;
const KEPT_LAST = 4;

/**
 * Runs of digits, in groups or not, that a card number could be or be part of keep their first six and last four, unless
 * `showPan`.
 */
const maskRuns = (line: string): string =>
  line.replace(/\d(?:[ :-]?\d){12,}/g, (run) => {
    const count = run.replace(/\D/g, '').length;
    let place = 0;
    return run.replace(/\d/g, (digit) => {
      place += 1;
      return place <= KEPT_FIRST || place > count - KEPT_LAST ? digit : '*';
    });
  });

/** The neighbourhood of a place in a line, and a caret under the place. */
export function pointAt(line: string, index: number, width: number, showPan: boolean): string {
  const masked = showPan ? line : maskRuns(line);
  const from = Math.max(0, Math.min(index, masked.length) - BEFORE);
  const shown = masked.slice(from, from + SHOWN_MAX);
  const lead = from > 0 ? '… ' : '';
  const tail = from + SHOWN_MAX < masked.length ? ' …' : '';
  return `  ${lead}${shown}${tail}\n  ${' '.repeat(lead.length + index - from)}${'^'.repeat(width)}`;
}
