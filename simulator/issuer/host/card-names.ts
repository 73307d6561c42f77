import { createHmac } from 'node:crypto';
import { maskDigits } from '../../../emv/card-number.js';
import type { CardNumber } from '../card-number.js';

/** A card as it may be stored, logged and told: never by its number. */
export interface CardName {
  /** 64 lower-case hex digits. */
  readonly token: string;
  /** First six and last four digits. */
  readonly mask: string;
}

type Card = Pick<CardNumber, 'pan' | 'panSequenceNumber'>;

const ID_LENGTH = 32;

/** Names that only the holder of the key (16 bytes or more) can make from card numbers. */
export class CardNames {
  constructor(private readonly key: Uint8Array) {
    if (key.length < 16) throw new RangeError(`a token key has at least 16 bytes, not ${key.length}`);
  }

  of({ pan, panSequenceNumber }: Card): CardName {
    return { token: this.#hash(`card/${pan}/${panSequenceNumber}`), mask: maskDigits(pan) };
  }

  /** The same for the same card, counter and cryptogram (hex). */
  authorizationOf(token: string, counter: string, cryptogram: string): string {
    return `auth_${this.#hash(`authorization/${token}/${counter}/${cryptogram}`).slice(0, ID_LENGTH)}`;
  }

  /** Six digits for an approval (89), the same for the same authorization. */
  authorizationCodeOf(id: string): string {
    const number = Number.parseInt(this.#hash(`code/${id}`).slice(0, 8), 16);
    return (number % 1_000_000).toString().padStart(6, '0');
  }

  /** To know the same value again without keeping it: an order holds a PIN, which a bare hash would give away. */
  digestOf(value: unknown): string {
    return this.#hash(`digest/${JSON.stringify(value)}`);
  }

  #hash(text: string): string {
    return createHmac('sha256', this.key).update(text, 'utf8').digest('hex');
  }
}
