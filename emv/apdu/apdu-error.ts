export type ApduErrorCode =
  | 'command-too-short'
  | 'command-length-wrong'
  | 'command-byte-out-of-range'
  | 'command-data-too-long'
  | 'response-too-short';

const meanings: Readonly<Record<ApduErrorCode, (value: number) => string>> = {
  'command-too-short': (length) => `a command has four bytes at least, here are ${length}`,
  'command-length-wrong': (length) => `Lc and Le do not fit a command of ${length} bytes`,
  'command-byte-out-of-range': (value) => `${value} does not fit into its place in a command`,
  'command-data-too-long': (length) => `a command cannot carry ${length} bytes of data`,
  'response-too-short': (length) => `a response has two bytes at least, here are ${length}`,
};

/** A command or response that ISO 7816-4 does not know. `value` is the length or number that is wrong. */
export class ApduError extends Error {
  override readonly name = 'ApduError';
  constructor(
    readonly code: ApduErrorCode,
    readonly value: number,
  ) {
    super(meanings[code](value));
  }
}
