import { type CardTransactionQualifiers, readCardTransactionQualifiers } from '../../values/index.js';

const LENGTH = 2;

/** What the card asks of the terminal (9F6C); one of another length asks for nothing, as if the card had given none. */
export function qualifiersOf(card: {
  get(tag: string): Uint8Array | undefined;
}): CardTransactionQualifiers | undefined {
  const qualifiers = card.get('9F6C');
  return qualifiers?.length === LENGTH ? readCardTransactionQualifiers(qualifiers) : undefined;
}
