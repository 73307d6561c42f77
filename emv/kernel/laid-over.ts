import type { DataMap } from '../tlv/index.js';

/**
 * Two maps as one: where both have a tag, the upper one's value counts. They are put together only for who goes through
 * all of it; looking up some tags takes a fraction of that.
 */
export class LaidOver implements DataMap {
  constructor(
    private readonly lower: DataMap,
    private readonly upper: DataMap,
  ) {}

  get(tag: string): Uint8Array | undefined {
    return this.upper.get(tag) ?? this.lower.get(tag);
  }

  has(tag: string): boolean {
    return this.upper.has(tag) || this.lower.has(tag);
  }

  get size(): number {
    return this.#together().size;
  }

  keys() {
    return this.#together().keys();
  }

  values() {
    return this.#together().values();
  }

  entries() {
    return this.#together().entries();
  }

  [Symbol.iterator]() {
    return this.entries();
  }

  forEach(visit: (value: Uint8Array, tag: string, map: DataMap) => void): void {
    this.#together().forEach(visit);
  }

  #together(): DataMap {
    return overlay(this.lower, this.upper);
  }
}

/** Of a tag that stands in several maps the last one's value counts. */
export function overlay(first: DataMap, ...others: readonly DataMap[]): Map<string, Uint8Array> {
  const all = new Map(first);
  for (const other of others) for (const [tag, value] of other) all.set(tag, value);
  return all;
}
