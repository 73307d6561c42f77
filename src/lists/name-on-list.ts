import { cardToken } from '../tap/index.js';

/** A card's name on lists: the first 64 bits of the keyed hash of its number. */
export interface CardName {
  readonly high: number;
  readonly low: number;
}

export const NAME_BYTES = 8;

/**
 * What a card is called on lists, from its number (8 to 19 digits) and the key that every list of cards carries
 * (docs/decisions/0018-names-on-lists.md).
 */
export const nameOnList = (namingKey: Uint8Array, pan: string): CardName => nameOfToken(cardToken(namingKey, pan));

/** The same from the hash, as {@link cardToken} makes it under the naming key. */
export const nameOfToken = (token: string): CardName => ({
  high: Number.parseInt(token.slice(0, 8), 16),
  low: Number.parseInt(token.slice(8, 16), 16),
});
