export type CardErrorCode =
  | 'card-file-not-found'
  | 'card-file-exists'
  | 'card-file-invalid'
  | 'card-file-in-use'
  | 'card-file-closed'
  | 'card-interface-absent'
  | 'card-not-powered';

/** A card file that cannot be used, or a card that is used in a way that no reader could. Carries no card data. */
export class CardError extends Error {
  override readonly name = 'CardError';
  constructor(
    readonly code: CardErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
