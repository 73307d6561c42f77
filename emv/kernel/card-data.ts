import { equalBytes } from '../bytes.js';
import { type DataMap, type DataObject, leaves } from '../tlv/index.js';
import { LaidOver, overlay } from './laid-over.js';
import { proceed, type Step, terminate } from './transaction-outcome.js';

/**
 * What the card has said so far. The answer to GET PROCESSING OPTIONS and the records may say one thing once: a tag
 * with two values ends the transaction, since nobody could tell which of them was checked (JR/T 0025.12-2013 7.5). The
 * same value again does no harm, and cards in the field do it with 5F34.
 */
export class CardData {
  readonly #values = new Map<string, Uint8Array>();

  /**
   * `selection`: the answer to SELECT. It announces; what it says of the card is not what a signature is checked on.
   * `repetition`: whether the same tag with the same value may come again.
   */
  constructor(
    readonly selection: DataMap,
    private readonly repetition: 'allowed' | 'refused' = 'allowed',
  ) {}

  add(object: DataObject, repetition = this.repetition): Step<undefined> {
    for (const { tag, value } of leaves([object])) {
      const known = this.#values.get(tag);
      if (known !== undefined && (repetition === 'refused' || !equalBytes(known, value))) {
        return terminate('data-conflict', { tag });
      }
      this.#values.set(tag, value);
    }
    return proceed(undefined);
  }

  set(tag: string, value: Uint8Array): void {
    this.#values.set(tag, value);
  }

  delete(tag: string): void {
    this.#values.delete(tag);
  }

  get(tag: string): Uint8Array | undefined {
    return this.#values.get(tag);
  }

  /** With what the terminal said in the first place: a card cannot answer for it. */
  withTerminalData(terminalData: DataMap): DataMap {
    return new LaidOver(this.#values, terminalData);
  }

  /** The same, with what the answer to SELECT said below it. */
  allData(terminalData: DataMap): Map<string, Uint8Array> {
    return overlay(this.selection, this.#values, terminalData);
  }
}
