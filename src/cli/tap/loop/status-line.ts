const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;
const FRAME_MS = 100;
/** Of a terminal that does not say. */
const COLUMNS = 80;
/** The sign, the spaces, and the column in which a terminal would begin a new line. */
const BETWEEN = 5;
const CLEAR = '\r\u001B[K';

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * What a command is waiting for: the last line of a terminal, with a sign that it lives, or in a pipe a line for each
 * change. Whoever writes to the same terminal clears it first; it comes back by itself.
 */
export class StatusLine {
  #said = '';
  #beside = '';
  #frame = 0;
  #isShown = false;
  #isAside = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly stream: Stream) {}

  /** `waiting for a card on …`, and what belongs to it on a terminal alone: it changes too often for a pipe. */
  show(said: string, beside: string): void {
    if (!this.stream.isTTY) {
      if (said !== this.#said) this.stream.write(`${said}\n`);
      this.#said = said;
      return;
    }
    this.#said = said;
    this.#beside = beside;
    this.#timer ??= setInterval(() => this.#draw(), FRAME_MS);
    this.#draw();
  }

  clear(): void {
    if (this.#isShown) this.stream.write(CLEAR);
    this.#isShown = false;
  }

  /** Leaves the terminal to something else as long as that takes. */
  async aside<T>(work: () => Promise<T>): Promise<T> {
    this.#isAside = true;
    this.clear();
    try {
      return await work();
    } finally {
      this.#isAside = false;
    }
  }

  /** Gone for good. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.clear();
  }

  #draw(): void {
    if (this.#isAside) return;
    this.#frame = (this.#frame + 1) % FRAMES.length;
    const room = (this.stream.columns || COLUMNS) - this.#beside.length - BETWEEN;
    const said = this.#said.length > room ? `${this.#said.slice(0, Math.max(0, room - 1))}…` : this.#said;
    this.stream.write(`${CLEAR}${FRAMES[this.#frame]} ${said}  ${this.#beside}`);
    this.#isShown = true;
  }
}
