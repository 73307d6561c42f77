import { coloursFor } from '../colours.js';
import { printFaults } from '../faults/print-faults.js';
import { printListed } from '../receipt/print-membership.js';
import type { Delivery } from './deliver.js';
import { numberedLines, type TapNumber } from './numbered-lines.js';
import { printDelivery } from './print-delivery.js';
import { printResult } from './print-result.js';
import { printTear } from './print-tear.js';
import { printTrace } from './print-trace.js';
import { printRecovery } from './recovery/print-recovery.js';
import type { TornTap } from './recovery/torn-taps.js';
import { tapAsJson } from './tap-as-json.js';
import type { TimedTap } from './timed-tap.js';
import { compareLimits } from './timing/compare-limits.js';
import { printTiming } from './timing/print-timing.js';

interface PrinterOptions {
  readonly trace?: boolean;
  readonly budget?: number;
  readonly json?: boolean;
  readonly lang: 'en' | 'zh';
  readonly showPan?: boolean;
  readonly card?: string;
}

/** Tells a tap for people as it goes on, or once at its end as JSON: a document, or a line where there are several. */
export class TapPrinter {
  readonly #colours = coloursFor(process.stdout);

  constructor(
    private readonly options: PrinterOptions,
    private readonly print: (lines: readonly string[]) => void,
    private readonly among: TapNumber | undefined,
  ) {}

  /** The conversation, when the card has had its last command: printing takes time that nobody shall wait for. */
  trace(exchanges: TimedTap['exchanges']): void {
    const { json, lang: language, showPan = false, trace } = this.options;
    if (trace && !json) this.#print(printTrace(exchanges, this.#colours, { language, showPan }));
  }

  /** What became of a tap that was torn before this one. */
  recovered(torn: TornTap): void {
    const { amountFen, error, recovery } = torn;
    if (this.options.json) this.print([JSON.stringify({ recovery: { ...recovery, amountFen, error } })]);
    else this.#print(printRecovery(torn, this.#colours));
  }

  /** The decision, before the gateway is asked. */
  decided({ member, record, result, struck = [], timing }: TimedTap): void {
    const { budget, card, json, lang, trace } = this.options;
    if (json) return;
    const { operator, terminal, sequence, service, event } = record ?? {};
    this.#print([
      ...printResult(result, timing, this.#colours, lang),
      ...printFaults(struck, this.#colours),
      ...printTear(result, card, this.#colours),
      ...(member ? [`  ${printListed(member, lang)}`] : []),
      ...(record ? [`  tap ${operator} / ${terminal} / ${sequence}, ${service} ${event}`] : []),
      ...(trace ? printTiming(timing, compareLimits(timing, budget), this.#colours, lang) : []),
    ]);
  }

  finish(tap: TimedTap, delivery: Delivery | undefined): void {
    const { budget, json, lang, showPan = false } = this.options;
    if (json) {
      const limits = compareLimits(tap.timing, budget);
      const told = tapAsJson(tap, delivery, { limits, reader: this.among?.place, showPan });
      this.print([JSON.stringify(told, undefined, this.among ? 0 : 2)]);
    } else if (delivery) {
      const lines = printDelivery(delivery, tap.record, this.#colours, lang);
      if (lines.length > 0) this.#print(lines);
    }
  }

  #print(lines: readonly string[]): void {
    this.print(numberedLines(lines, this.among, this.#colours));
  }
}
