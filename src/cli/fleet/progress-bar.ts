const EVERY_MS = 100;
const WIDTH = 24;

interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How far a long work is, with its rate and the time left, on a terminal; nothing in a pipe. */
export class ProgressBar {
  readonly #began: number;
  #shownAt = 0;

  constructor(
    private readonly stream: Stream,
    private readonly what: string,
    private readonly total: number,
    /** In milliseconds. */
    private readonly now: () => number,
  ) {
    this.#began = now();
  }

  show(count: number): void {
    const now = this.now();
    if (!this.stream.isTTY || now - this.#shownAt < EVERY_MS) return;
    this.#shownAt = now;
    const part = Math.min(1, this.total === 0 ? 1 : count / this.total);
    const rate = (count / Math.max(1, now - this.#began)) * 1000;
    const full = Math.round(part * WIDTH);
    const left = rate === 0 ? '' : `, ${duration((this.total - count) / rate)} left`;
    const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
    this.stream.write(`\r\u001B[K${bar} ${count} of ${this.total} ${this.what}, ${rate.toFixed(0)}/s${left}`);
  }

  /** Makes room for the result. */
  clear(): void {
    if (this.stream.isTTY && this.#shownAt > 0) this.stream.write('\r\u001B[K');
  }
}

function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  return minutes === 0 ? `${whole} s` : `${minutes} min ${whole % 60} s`;
}
