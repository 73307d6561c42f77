const HEADER_LENGTH = 8;

/**
 * The input that is being tried, where another thread sees it: should it never come to an end, or take all memory, it
 * is known which one it was.
 */
export class Watched {
  readonly #header: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(shared: SharedArrayBuffer) {
    this.#header = new Int32Array(shared, 0, 2);
    this.#bytes = new Uint8Array(shared, HEADER_LENGTH);
  }

  static make(lengthMax = 1 << 20): SharedArrayBuffer {
    return new SharedArrayBuffer(HEADER_LENGTH + lengthMax);
  }

  begin(input: Uint8Array): void {
    const shown = input.subarray(0, this.#bytes.length);
    this.#bytes.set(shown);
    Atomics.store(this.#header, 1, shown.length);
    Atomics.add(this.#header, 0, 1);
  }

  /** How many inputs were begun. */
  get count(): number {
    return Atomics.load(this.#header, 0);
  }

  get input(): Uint8Array {
    return Uint8Array.from(this.#bytes.subarray(0, Atomics.load(this.#header, 1)));
  }
}
