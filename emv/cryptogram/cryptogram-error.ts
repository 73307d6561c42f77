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
    detail?: string,
  ) {
    super(`${code.replaceAll('-', ' ')} (${field}${detail === undefined ? '' : `: ${detail}`})`);
  }
}

/** Throws {@link CryptogramError} where a value has another length, in bytes. */
export function requireLength(field: string, value: Uint8Array, length: number): void {
  if (value.length === length) return;
  const code = field.endsWith('ey') ? 'key-length' : 'data-length';
  throw new CryptogramError(code, field, `${value.length} bytes, not ${length}`);
}

/** Throws {@link CryptogramError} where a value is not made of whole blocks of so many bytes. */
export function requireWholeBlocks(field: string, value: Uint8Array, length: number): void {
  if (value.length % length !== 0)
    throw new CryptogramError('data-length', field, `${value.length} bytes, not whole blocks of ${length}`);
}

/** Throws {@link CryptogramError} for a card number that has not 1 to 19 digits. */
export function requirePan(pan: string): void {
  if (!/^\d{1,19}$/.test(pan)) throw new CryptogramError('pan-not-digits', 'pan');
}
