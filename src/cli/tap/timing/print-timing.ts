import type { Colours } from '../../colours.js';
import { displayWidth, padColumns } from '../../display-width.js';
import type { LimitCheck } from './compare-limits.js';
import { drawBar } from './draw-bar.js';
import { millisecondsIn } from './milliseconds.js';
import { printLimits } from './print-limits.js';
import type { TapTiming } from './split-time.js';
import { glyphs, paintOf, partsOf, type TimePart } from './timing-parts.js';
import { type TimingWords, timingWords } from './timing-words.js';

const TITLE_COLUMNS_MAX = 40;
const NUMBER_COLUMNS = 9;
const BAR_COLUMNS = 36;

/** A line of the table, all in microseconds. */
interface Row {
  readonly title: string;
  readonly cardUs?: number | undefined;
  readonly readerUs?: number | undefined;
  readonly terminalUs?: number | undefined;
  readonly totalUs: number | undefined;
  readonly bar: string;
  readonly isSlowest?: boolean;
}

/**
 * Where the time of a tap went: a table of its commands with the parts of card, reader and terminal, each drawn where it
 * lies on the way to the decision, what the limits say, and which command is the slowest.
 */
export function printTiming(
  timing: TapTiming,
  limits: readonly LimitCheck[],
  colours: Colours,
  language: 'en' | 'zh',
): string[] {
  const words = timingWords[language];
  const { method, slowest } = timing;
  const ms = millisecondsIn(timing.holderUs);
  const rows = rowsOf(timing, colours, words);
  const titleColumns = Math.min(
    TITLE_COLUMNS_MAX,
    Math.max(...rows.map(({ title }) => displayWidth(title)), displayWidth(words.title)),
  );
  const isSplit = timing.cardUs !== undefined && timing.readerUs !== undefined;
  const heads = isSplit ? [words.card, words.reader] : [words.together];
  const line = (title: string, numbers: readonly string[], bar: string) =>
    `  ${padColumns(shorten(title, titleColumns), titleColumns)} ${numbers.map(alignRight).join('')}  ${bar}`.trimEnd();
  const numbersOf = ({ cardUs, readerUs, terminalUs, totalUs }: Row) => [
    ...(isSplit ? [numberOf(cardUs, ms), numberOf(readerUs, ms)] : [numberOf(togetherOf(totalUs, terminalUs), ms)]),
    numberOf(terminalUs, ms),
    ms(totalUs),
  ];
  return [
    '',
    colours.bold(line(words.title, [...heads, words.terminal, words.total], '')),
    ...rows.map((row) => {
      const text = line(row.title, numbersOf(row), row.bar);
      return row.isSlowest ? text.replace(/^ {2}/, `${colours.red('▸')} `) : text;
    }),
    '',
    `  ${legend(isSplit, colours, words)}`,
    ...(slowest === undefined ? [] : [slowestLine(timing, slowest, colours, words)]),
    ...printLimits(limits, colours, language),
    `  ${colours.dim(`${words.split}: ${words.methods[method]}`)}`,
  ];
}

const alignRight = (text: string): string => ' '.repeat(Math.max(1, NUMBER_COLUMNS - displayWidth(text))) + text;

const shorten = (text: string, columns: number): string =>
  displayWidth(text) <= columns ? text : `${text.slice(0, columns - 1)}…`;

/** Card and reader, where they are not told apart. */
const togetherOf = (totalUs: number | undefined, terminalUs: number | undefined): number | undefined =>
  totalUs === undefined || terminalUs === undefined || totalUs === terminalUs ? undefined : totalUs - terminalUs;

const numberOf = (us: number | undefined, ms: (us: number | undefined) => string): string =>
  us === undefined ? '' : ms(us);

function rowsOf(timing: TapTiming, colours: Colours, words: TimingWords): Row[] {
  const { cardUs, commands, decisionUs, fieldUs, holderUs, keptUs, readerUs, slowest, terminalUs } = timing;
  const draw = (parts: ReturnType<typeof partsOf>) => drawBar(parts, holderUs, BAR_COLUMNS);
  const own = (title: string, startUs: number, totalUs: number | undefined): Row => ({
    title,
    terminalUs: totalUs,
    totalUs,
    bar: draw(partsOf({ startUs, terminalUs: totalUs ?? 0, elapsedUs: 0 }, colours)),
  });
  return [
    ...commands.map((command, index) => ({
      ...command,
      totalUs: command.terminalUs + command.elapsedUs,
      bar: draw(partsOf(command, colours)),
      isSlowest: index === slowest,
    })),
    { title: words.field, cardUs, readerUs, terminalUs, totalUs: fieldUs, bar: '' },
    own(words.decision, fieldUs, decisionUs),
    ...(keptUs === undefined ? [] : [own(words.kept, fieldUs + (decisionUs ?? 0), keptUs)]),
    { title: words.holder, cardUs, readerUs, terminalUs: terminalTotal(timing), totalUs: holderUs, bar: '' },
  ];
}

const terminalTotal = ({ decisionUs = 0, keptUs = 0, terminalUs }: TapTiming): number =>
  terminalUs + decisionUs + keptUs;

function legend(isSplit: boolean, colours: Colours, words: TimingWords): string {
  const parts: readonly TimePart[] = isSplit ? ['card', 'reader', 'terminal'] : ['together', 'terminal'];
  return parts.map((part) => `${paintOf(part, colours)(glyphs[part])} ${words[part]}`).join('  ');
}

function slowestLine({ commands, holderUs }: TapTiming, slowest: number, colours: Colours, words: TimingWords): string {
  const { elapsedUs, title } = commands[slowest]!;
  const share = holderUs === 0 ? 0 : Math.round((elapsedUs / holderUs) * 100);
  const told = `${(elapsedUs / 1000).toFixed(1)} ms`;
  return `  ${colours.red('▸')} ${words.slowest}: ${colours.bold(title)}, ${told}, ${share}% ${words.ofHolder}`;
}
