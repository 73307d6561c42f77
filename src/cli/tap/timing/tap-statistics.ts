import type { TapTiming } from './split-time.js';

/** How a time lies over several taps, in microseconds. */
export interface Spread {
  readonly count: number;
  readonly medianUs: number;
  readonly p95Us: number;
  readonly maxUs: number;
}

export interface NamedSpread extends Spread {
  readonly title: string;
}

export interface TimingSummary {
  readonly taps: number;
  /** From command to answer, in the order in which the commands were first seen. */
  readonly commands: readonly NamedSpread[];
  readonly terminal: Spread;
  readonly field: Spread;
  readonly decision?: Spread;
  readonly kept?: Spread;
  readonly holder: Spread;
}

/** The last so many times of each are looked at: a command that runs for a day keeps no more. */
const SAMPLES_MAX = 10_000;

class Samples {
  readonly #values: number[] = [];
  #next = 0;

  add(value: number): void {
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % SAMPLES_MAX;
  }

  get isEmpty(): boolean {
    return this.#values.length === 0;
  }

  /** Quantiles are times that were measured: the smallest with so many of all at or below it. */
  get spread(): Spread {
    const sorted = [...this.#values].sort((left, right) => left - right);
    const quantile = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
    return { count: sorted.length, medianUs: quantile(0.5), p95Us: quantile(0.95), maxUs: sorted.at(-1) ?? 0 };
  }
}

/** Gathers the times of several taps, a command at a time; a command given twice in a tap counts as two. */
export class TapStatistics {
  #taps = 0;
  readonly #commands = new Map<string, Samples>();
  readonly #terminal = new Samples();
  readonly #field = new Samples();
  readonly #decision = new Samples();
  readonly #kept = new Samples();
  readonly #holder = new Samples();

  add({ commands, decisionUs, fieldUs, holderUs, keptUs, terminalUs }: TapTiming): void {
    this.#taps++;
    for (const [title, elapsedUs] of distinct(commands)) {
      const samples = this.#commands.get(title) ?? new Samples();
      this.#commands.set(title, samples);
      samples.add(elapsedUs);
    }
    this.#terminal.add(terminalUs);
    this.#field.add(fieldUs);
    this.#holder.add(holderUs);
    if (decisionUs !== undefined) this.#decision.add(decisionUs);
    if (keptUs !== undefined) this.#kept.add(keptUs);
  }

  get summary(): TimingSummary {
    return {
      taps: this.#taps,
      commands: [...this.#commands].map(([title, samples]) => ({ title, ...samples.spread })),
      terminal: this.#terminal.spread,
      field: this.#field.spread,
      ...(!this.#decision.isEmpty && { decision: this.#decision.spread }),
      ...(!this.#kept.isEmpty && { kept: this.#kept.spread }),
      holder: this.#holder.spread,
    };
  }
}

/** The second of the same command in a tap has a title of its own. */
function distinct(commands: TapTiming['commands']): [string, number][] {
  const seen = new Map<string, number>();
  return commands.map(({ title, elapsedUs }) => {
    const times = (seen.get(title) ?? 0) + 1;
    seen.set(title, times);
    return [times === 1 ? title : `${title} (${times})`, elapsedUs];
  });
}
