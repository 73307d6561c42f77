import type { ImportProgress } from '../../gateway/index.js';
import { ProgressBar } from '../fleet/progress-bar.js';

const KIB = 1024;

const DONE = { checking: 'checked', recording: 'recorded' };

/**
 * How far an import is, on a terminal: what of the file is read or sent, then which of its records are
 * checked against the books and recorded.
 */
export class ImportProgressBars {
  #bar: ProgressBar | undefined;
  #what = '';
  #records = 0;

  constructor(
    private readonly stream: ConstructorParameters<typeof ProgressBar>[0],
    private readonly bytes: number | undefined,
    private readonly now: () => number,
  ) {}

  /** Bytes of the file that were `read` or `sent`. */
  passed(what: 'read' | 'sent', bytes: number): void {
    if (this.bytes === undefined) return;
    this.#show(`KiB ${what}`, Math.round(bytes / KIB), Math.round(this.bytes / KIB));
  }

  advanced({ phase, records }: { readonly phase: ImportProgress['phase']; readonly records: number }): void {
    if (phase === 'reading') this.#records = records;
    else this.#show(`records ${DONE[phase]}`, records, Math.max(records, this.#records));
  }

  clear(): void {
    this.#bar?.clear();
  }

  #show(what: string, count: number, total: number): void {
    if (this.#bar === undefined || what !== this.#what) {
      this.#bar = new ProgressBar(this.stream, what, total, this.now);
      this.#what = what;
    }
    this.#bar.show(count);
  }
}
