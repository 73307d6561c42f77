import { coloursFor } from '../colours.js';
import { Paragraphs } from '../paragraphs.js';
import { reportError } from '../report-error.js';
import type { StatusLine } from './loop/status-line.js';
import type { TapNumber } from './numbered-lines.js';
import { printSummary } from './print-summary.js';
import { type CountedTap, TapTally } from './tap-tally.js';
import type { TapTiming } from './timing/split-time.js';
import { TapStatistics } from './timing/tap-statistics.js';

export interface LedgerOptions {
  readonly count: number;
  readonly json?: boolean | undefined;
  readonly lang: 'en' | 'zh';
  readonly trace?: boolean | undefined;
}

/** Numbers the taps of one command, counts them and their times, and tells of them beside the status line. */
export class TapLedger {
  readonly tally = new TapTally();
  readonly #statistics = new TapStatistics();
  readonly #output = new Paragraphs();
  #number = 0;

  constructor(
    private readonly options: LedgerOptions,
    private readonly status: StatusLine,
  ) {}

  /** Which tap the next one is; `undefined` where it is the only one. */
  next(place: string): TapNumber | undefined {
    const number = ++this.#number;
    return this.options.count === 1 ? undefined : { number, place };
  }

  add(tap: CountedTap, timing: TapTiming): void {
    this.tally.add(tap);
    this.#statistics.add(timing);
  }

  /** Tells of several taps what they come to. */
  summarize(): void {
    const { count, json, lang, trace } = this.options;
    if (count === 1) return;
    const timing = trace ? this.#statistics.summary : undefined;
    if (!json) this.print(printSummary(this.tally, timing, coloursFor(process.stdout), lang));
    else if (timing) this.print([JSON.stringify({ summary: { ...this.tally.counts, timing } })]);
  }

  print(lines: readonly string[]): void {
    this.status.clear();
    this.#output.print(lines);
  }

  /** On standard error. */
  tell(message: string): void {
    this.status.clear();
    process.stderr.write(`${message}\n`);
  }

  /** The exit code of an error that ends no tap. */
  report(error: Error): Promise<number> {
    this.status.clear();
    return reportError(error, { json: false });
  }
}
