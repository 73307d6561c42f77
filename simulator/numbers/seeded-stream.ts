import { createHash } from 'node:crypto';

/** Bytes that follow from a seed alone: SHA-256 over the seed and a counter. For test keys only. */
export class SeededStream {
  #counter = 0;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(private readonly seed: string) {}

  next(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      if (this.#rest.length === 0) this.#rest = this.#block();
      const piece = this.#rest.subarray(0, length - filled);
      bytes.set(piece, filled);
      filled += piece.length;
      this.#rest = this.#rest.subarray(piece.length);
    }
    return bytes;
  }

  #block(): Uint8Array {
    return createHash('sha256')
      .update(`${this.seed}\n${this.#counter++}`)
      .digest();
  }
}
