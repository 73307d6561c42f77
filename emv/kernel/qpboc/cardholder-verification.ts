import type { CardTransactionQualifiers } from '../../values/index.js';
import type { TransactionOutcome } from '../transaction-outcome.js';

/**
 * What the card's transaction qualifiers ask of the holder; without them a terminal that wanted a verification takes a
 * signature, if it can (JR/T 0025.12-2013 7.6, 7.8).
 */
export function cardholderVerification(
  card: CardTransactionQualifiers | undefined,
  terminal: { readonly wantsCardholderVerification: boolean; readonly supportsSignature: boolean },
): TransactionOutcome['cardholderVerification'] {
  if (card === undefined) {
    return terminal.wantsCardholderVerification && terminal.supportsSignature ? 'signature' : 'none';
  }
  if (card.onlinePinRequired) return 'online-pin';
  return card.signatureRequired ? 'signature' : 'none';
}
