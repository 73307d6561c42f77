import { concat, toHex } from '../../emv/bytes.js';
import { type CardRecord, packObjects } from '../card/index.js';

export interface RecordObject {
  readonly tag: string;
  readonly value: Uint8Array;
}

/** The records of an application as they come into its files, each file numbered from 1. */
export class RecordFiles {
  readonly #records: CardRecord[] = [];

  /** File by file. */
  get records(): CardRecord[] {
    return this.#records.toSorted((one, other) => one.shortFileIdentifier - other.shortFileIdentifier);
  }

  /** Distributes objects over new records of a file in their order, as many into each as fit. */
  pack(shortFileIdentifier: number, objects: readonly RecordObject[]): CardRecord[] {
    return packObjects(objects).map((bytes) => this.#add(shortFileIdentifier, { bytes: toHex(bytes) }));
  }

  /** A record each for these tags, to be put together at the tap. */
  addTransactionRecords(shortFileIdentifier: number, contents: readonly string[][]): CardRecord[] {
    return contents.map((objects) => this.#add(shortFileIdentifier, { objects }));
  }

  #add(shortFileIdentifier: number, content: Pick<CardRecord, 'bytes' | 'objects'>): CardRecord {
    const others = this.#records.filter((record) => record.shortFileIdentifier === shortFileIdentifier);
    const record = { shortFileIdentifier, recordNumber: others.length + 1, ...content };
    this.#records.push(record);
    return record;
  }
}

/**
 * Application file locator 94 over runs of records, each of one file, in this order (EMV 4.3 Book 3 §10.2); `signed`
 * counts records. A run without records leaves nothing to read.
 */
export function fileLocator(runs: readonly { records: readonly CardRecord[]; signed: number }[]): string {
  const entries = runs.map(({ records, signed }) => {
    const [first] = records;
    if (first === undefined) return new Uint8Array(0);
    const { shortFileIdentifier, recordNumber } = first;
    return Uint8Array.of(shortFileIdentifier << 3, recordNumber, recordNumber + records.length - 1, signed);
  });
  return toHex(concat(...entries));
}
