export type CryptogramErrorCode =
  | 'key-length'
  | 'pan-not-digits'
  | 'sequence-number-not-digits'
  | 'pin-not-digits'
  | 'data-length'
  | 'method-unknown'
  | 'data-missing';

/** A computation that was asked for with values it cannot be made of. `field` names the value; values are never told. */
export class CryptogramError extends Error {
  override readonly name = 'CryptogramError';

  constructor(
    readonly code: CryptogramErrorCode,
    readonly field: string,
  ) {
    super(`${code.replaceAll('-', ' ')} (${field})`);
  }
}

/** Throws {@link CryptogramError} where a value has another length, in bytes. */
export function requireLength(field: string, value: Uint8Array, length: number): void {
  if (value.length !== length) throw new CryptogramError(field.endsWith('ey') ? 'key-length' : 'data-length', field);
}

/** Throws {@link CryptogramError} for a card number that has not 1 to 19 digits. */
export function requirePan(pan: string): void {
  if (!/^\d{1,19}$/.test(pan)) throw new CryptogramError('pan-not-digits', 'pan');
}
