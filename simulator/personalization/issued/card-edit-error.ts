export type CardEditErrorCode =
  | 'card-field-unknown'
  | 'card-value-invalid'
  | 'card-data-signed'
  | 'card-application-unknown';

/** A change that a card cannot take. `field` is its name as it was given; the message never holds a card number. */
export class CardEditError extends Error {
  override readonly name = 'CardEditError';
  constructor(
    readonly code: CardEditErrorCode,
    readonly field: string,
    message: string,
  ) {
    super(`${field}: ${message}`);
  }
}
