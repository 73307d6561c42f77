export type KeyErrorCode =
  | 'key-field-missing'
  | 'key-field-not-hex'
  | 'key-field-length'
  | 'key-modulus-invalid'
  | 'key-exponent-invalid'
  | 'key-point-invalid'
  | 'key-expiry-invalid'
  | 'key-checksum-wrong';

const meanings: Readonly<Record<KeyErrorCode, string>> = {
  'key-field-missing': 'a field of the key is missing',
  'key-field-not-hex': 'a field of the key is not hex',
  'key-field-length': 'a field of the key has a length that it cannot have',
  'key-modulus-invalid': 'no RSA modulus can be even or begin with 00',
  'key-exponent-invalid': 'the exponent is neither 3 nor 65537',
  'key-point-invalid': 'not a point of the SM2 curve',
  'key-expiry-invalid': 'the last day is not a date (YYYY-MM-DD)',
  'key-checksum-wrong': 'the checksum does not fit the key',
};

/** A public key that cannot be used as it was handed over. `rid` and `index` name it, `field` is what is wrong with it. */
export class KeyError extends Error {
  override readonly name = 'KeyError';

  constructor(
    readonly code: KeyErrorCode,
    readonly field: string,
    readonly rid?: string,
    readonly index?: string,
  ) {
    super(`${meanings[code]} (${rid === undefined ? '' : `key ${rid} ${index}, `}${field})`);
  }
}
