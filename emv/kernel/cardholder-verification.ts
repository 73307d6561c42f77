import type { TransactionOutcome } from './transaction-outcome.js';

const qualifier = { onlinePin: 0x80, signature: 0x40 } as const;

/**
 * What the card's transaction qualifiers (9F6C) ask of the holder; without them a terminal that wanted a verification
 * takes a signature, if it can (JR/T 0025.12-2013 7.6, 7.8).
 */
export function cardholderVerification(
  cardTransactionQualifiers: Uint8Array | undefined,
  terminal: { readonly wantsCardholderVerification: boolean; readonly supportsSignature: boolean },
): TransactionOutcome['cardholderVerification'] {
  const first = cardTransactionQualifiers?.[0];
  if (first === undefined) {
    return terminal.wantsCardholderVerification && terminal.supportsSignature ? 'signature' : 'none';
  }
  if ((first & qualifier.onlinePin) !== 0) return 'online-pin';
  return (first & qualifier.signature) !== 0 ? 'signature' : 'none';
}
