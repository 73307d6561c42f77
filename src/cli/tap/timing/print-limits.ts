import type { Colours } from '../../colours.js';
import { displayWidth, padColumns } from '../../display-width.js';
import type { LimitCheck } from './compare-limits.js';
import { drawBar } from './draw-bar.js';
import { type TimingWords, timingWords } from './timing-words.js';

const COLUMNS = 20;
const US_PER_MS = 1000;

/** Each limit with what the tap took of it, as a bar and in per cent. */
export function printLimits(checks: readonly LimitCheck[], colours: Colours, language: 'en' | 'zh'): string[] {
  const words = timingWords[language];
  const columns = Math.max(...checks.map(({ limit }) => displayWidth(words.limits[limit])));
  return checks.map((check) => printLimit(check, columns, colours, words));
}

function printLimit(
  { isWithin, limit, limitUs, source, tookUs }: LimitCheck,
  nameColumns: number,
  colours: Colours,
  words: TimingWords,
): string {
  const paint = isWithin ? colours.green : colours.red;
  const bar = drawBar([{ from: 0, to: Math.min(tookUs, limitUs), glyph: '█', paint }], limitUs, COLUMNS);
  const rest = COLUMNS - Math.max(1, Math.round((Math.min(tookUs, limitUs) / limitUs) * COLUMNS));
  const share = `${Math.round((tookUs / limitUs) * 100)}%`;
  const told = `${(tookUs / US_PER_MS).toFixed(1)} ${isWithin ? words.within : words.over} ${limitUs / US_PER_MS} ms`;
  const by = source === undefined ? '' : `  ${colours.dim(source)}`;
  return `  ${padColumns(words.limits[limit], nameColumns)} ▕${bar}${' '.repeat(rest)}▏ ${paint(`${told}, ${share}`)}${by}`;
}
