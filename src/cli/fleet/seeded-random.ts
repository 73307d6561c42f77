import { createHash } from 'node:crypto';

/**
 * Numbers and bytes that follow from a seed alone, the same on every machine (sfc32 by Chris Doty-Humphrey, seeded by
 * SHA-256). For made-up days, not for secrets.
 */
export class SeededRandom {
  readonly #state: Uint32Array;

  constructor(seed: string) {
    const digest = createHash('sha256').update(seed).digest();
    this.#state = Uint32Array.from({ length: 4 }, (_, index) => digest.readUInt32BE(4 * index));
  }

  /** A whole number below 2 to the power of 32. */
  word(): number {
    const state = this.#state;
    const [a, b, c, counter] = [state[0]!, state[1]!, state[2]!, state[3]!];
    const word = (a + b + counter) >>> 0;
    state[3] = counter + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + word;
    return word;
  }

  /** At least 0, below 1. */
  fraction(): number {
    return this.word() / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both of them among it. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  /** Whether something with this chance happens. */
  happens(chance: number): boolean {
    return this.fraction() < chance;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.whole(0, list.length - 1)]!;
  }

  /** One of the names, each as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const entries = Object.entries(weights) as [Name, number][];
    let rest = this.fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) {
      rest -= weight;
      if (rest < 0) return name;
    }
    return entries.at(-1)![0];
  }

  /** Around `mean`, two thirds of them no further away than `spread`: the sum of three evenly spread numbers. */
  around(mean: number, spread: number): number {
    return mean + (this.fraction() + this.fraction() + this.fraction() - 1.5) * 2 * spread;
  }

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let index = 0; index < length; index++) bytes[index] = this.word() >>> 24;
    return bytes;
  }
}
