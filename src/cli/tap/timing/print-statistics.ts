import type { Colours } from '../../colours.js';
import { displayWidth, padColumns } from '../../display-width.js';
import { drawBar } from './draw-bar.js';
import { millisecondsIn } from './milliseconds.js';
import type { NamedSpread, Spread, TimingSummary } from './tap-statistics.js';
import { timingWords } from './timing-words.js';

const NUMBER_COLUMNS = 9;
const BAR_COLUMNS = 30;

/** Median, 95th percentile and maximum of each command over several taps; the bar reaches the median, the dots the p95. */
export function printStatistics(summary: TimingSummary, colours: Colours, language: 'en' | 'zh'): string[] {
  const words = timingWords[language];
  const { commands, decision, field, holder, kept, taps, terminal } = summary;
  const rows: NamedSpread[] = [
    ...commands,
    { title: words.terminal, ...terminal },
    { title: words.field, ...field },
    ...named(words.decision, decision),
    ...named(words.kept, kept),
    { title: words.holder, ...holder },
  ];
  const title = `${words.title} (${taps} ${words.of})`;
  const titleColumns = Math.max(...rows.map((row) => displayWidth(row.title)), displayWidth(title));
  const slowest = commands.reduce<NamedSpread | undefined>(
    (left, right) => (left && left.medianUs >= right.medianUs ? left : right),
    undefined,
  );
  const ms = millisecondsIn(holder.maxUs);
  const line = (name: string, numbers: readonly string[], bar: string) =>
    `  ${padColumns(name, titleColumns)} ${numbers.map(alignRight).join('')}  ${bar}`.trimEnd();
  const bar = ({ medianUs, p95Us }: Spread) =>
    drawBar(
      [
        { from: 0, to: medianUs, glyph: '█', paint: colours.cyan },
        { from: medianUs, to: p95Us, glyph: '·', paint: colours.dim },
      ],
      holder.maxUs,
      BAR_COLUMNS,
    );
  return [
    '',
    colours.bold(line(title, [words.samples, words.median, words.p95, words.max], '')),
    ...rows.map((row) => {
      const numbers = [String(row.count), ms(row.medianUs), ms(row.p95Us), ms(row.maxUs)];
      const text = line(row.title, numbers, bar(row));
      return row === slowest ? text.replace(/^ {2}/, `${colours.red('▸')} `) : text;
    }),
  ];
}

const alignRight = (text: string): string => ' '.repeat(Math.max(1, NUMBER_COLUMNS - displayWidth(text))) + text;

const named = (title: string, spread: Spread | undefined): NamedSpread[] => (spread ? [{ title, ...spread }] : []);
