export type ApduErrorCode =
  | 'command-too-short'
  | 'command-length-wrong'
  | 'command-byte-out-of-range'
  | 'command-data-too-long'
  | 'response-too-short';

/** A command or response that ISO 7816-4 does not know. `value` is the length or number that is wrong. */
export class ApduError extends Error {
  override readonly name = 'ApduError';
  constructor(
    readonly code: ApduErrorCode,
    readonly value: number,
  ) {
    super(`${code.replaceAll('-', ' ')} (${value})`);
  }
}
