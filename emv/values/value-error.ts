/** A value that its data element does not allow. `offset` counts bytes from the start of the value. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
  constructor(
    /** Stable and kebab-case. */
    readonly code: ValueErrorCode,
    readonly offset: number,
    /** Upper-case hex; `CAPP` for a record of part 14, which has no tag. */
    readonly tag: string,
  ) {
    super(`${tag}: ${explanations[code]} (byte ${offset + 1})`);
  }
}

const explanations = {
  'value-wrong-length': 'the value has a length that the data element does not allow',
  'afl-short-file-identifier-invalid': 'the short file identifier is not between 1 and 30',
  'afl-reserved-bits-set': 'the low three bits beside the short file identifier are not zero',
  'afl-first-record-zero': 'the first record is number 0',
  'afl-last-record-before-first': 'the last record comes before the first',
  'afl-too-many-authenticated-records': 'more records are marked for authentication than the entry names',
  'capp-record-invalid': 'the record of a CAPP file does not fit its length or has a flag that is neither 0 nor 1',
  'trade-record-invalid': 'the data of the trade are shorter than its layout, or a digit is none',
  'iad-layout-unknown': 'the issuer application data is not laid out as PBOC does',
  'iad-cryptogram-type-reserved': 'the type of cryptogram is reserved',
  'iad-discretionary-data-invalid': 'the issuer discretionary data does not fit its length or its amounts',
} as const;

export type ValueErrorCode = keyof typeof explanations;
