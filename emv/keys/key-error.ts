export type KeyErrorCode =
  | 'key-field-missing'
  | 'key-field-not-hex'
  | 'key-field-length'
  | 'key-modulus-invalid'
  | 'key-exponent-invalid'
  | 'key-point-invalid'
  | 'key-expiry-invalid'
  | 'key-checksum-wrong'
  | 'key-self-signature-wrong'
  | 'key-entry-unreadable';

const meanings: Readonly<Record<KeyErrorCode, string>> = {
  'key-field-missing': 'a field of the key is missing',
  'key-field-not-hex': 'a field of the key is not hex',
  'key-field-length': 'a field of the key has a length that it cannot have',
  'key-modulus-invalid': 'no RSA modulus can be even or begin with 00',
  'key-exponent-invalid': 'the exponent is neither 3 nor 65537',
  'key-point-invalid': 'not a point of the SM2 curve',
  'key-expiry-invalid': 'the last day is not a date (YYYY-MM-DD)',
  'key-checksum-wrong': 'the checksum does not fit the key',
  'key-self-signature-wrong': 'the key did not sign itself',
  'key-entry-unreadable': 'neither a key nor a revoked certificate in a form that is known',
};

/** What a code means, in one line. */
export const keyErrorMeaning = (code: KeyErrorCode): string => meanings[code];

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
