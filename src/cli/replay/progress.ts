const EVERY_MS = 100;

/** A line on a terminal that tells how far a long run is, and is gone when it is over; nothing in a pipe. */
export class Progress {
  #shownAt = performance.now();
  #isShown = false;

  constructor(
    private readonly stream: { readonly isTTY?: boolean; write(text: string): unknown },
    private readonly total: number,
  ) {}

  done(count: number): void {
    const now = performance.now();
    if (!this.stream.isTTY || now - this.#shownAt < EVERY_MS) return;
    this.#shownAt = now;
    this.#isShown = true;
    this.stream.write(`\r${count} of ${this.total} vectors`);
  }

  /** Makes room for a line of the result. */
  clear(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    this.stream.write('\r\u001B[K');
  }
}
