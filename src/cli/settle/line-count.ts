const EVERY_MS = 100;

/** How many lines a long work has read, on a terminal; nothing in a pipe. */
export class LineCount {
  #shownAt = 0;

  constructor(
    private readonly stream: { readonly isTTY?: boolean; write(text: string): unknown },
    /** In milliseconds. */
    private readonly now: () => number,
  ) {}

  show(lines: number): void {
    const now = this.now();
    if (!this.stream.isTTY || now - this.#shownAt < EVERY_MS) return;
    this.#shownAt = now;
    this.stream.write(`\r\u001B[K${lines} lines`);
  }

  /** Makes room for the result. */
  clear(): void {
    if (this.stream.isTTY && this.#shownAt > 0) this.stream.write('\r\u001B[K');
  }
}
