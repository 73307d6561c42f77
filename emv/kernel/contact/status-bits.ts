import { bitTableOf } from '../../values/bit-table.js';

/** A bit-coded object that is filled in during a transaction: 95 or 9B, by the names of their bit tables. */
export class StatusBits<Name extends string> {
  readonly #bytes: Uint8Array;
  readonly #rows: ReadonlyMap<string, { readonly byte: number; readonly mask: string }>;

  constructor(tag: string, length: number) {
    this.#bytes = new Uint8Array(length);
    const rows = bitTableOf(tag, this.#bytes)!.rows;
    this.#rows = new Map(rows.flatMap((row) => (row.name === undefined ? [] : [[row.name, row] as const])));
  }

  set(...names: readonly Name[]): void {
    for (const name of names) {
      const { byte, mask } = this.#rows.get(name)!;
      this.#bytes[byte - 1]! |= Number.parseInt(mask, 16);
    }
  }

  has(name: Name): boolean {
    const { byte, mask } = this.#rows.get(name)!;
    return (this.#bytes[byte - 1]! & Number.parseInt(mask, 16)) !== 0;
  }

  /** A copy as it stands now. */
  get bytes(): Uint8Array {
    return this.#bytes.slice();
  }
}
