import type { CardVerificationResults } from '../../../emv/values/index.js';
import type { CryptogramType } from './cryptogram-type.js';
import { encodeNamedBits } from './named-bits.js';

/** One bit of the card verification results. */
export type VerificationResult = Exclude<
  keyof CardVerificationResults,
  'cryptogramType' | 'secondCryptogramType' | 'scriptCommands'
>;

export interface VerificationResultsInput {
  /** Answered to GET PROCESSING OPTIONS of qPBOC, or to the first GENERATE AC. */
  readonly first: CryptogramType;
  /** Answered to the second GENERATE AC. */
  readonly second?: 'AAC' | 'TC' | undefined;
  readonly results: Iterable<VerificationResult>;
  readonly scriptCommands?: number;
}

/** Where the results begin in 9F10, whose table names their bits. */
const OFFSET = 3;
const LENGTH = 4;
const firstBits: Readonly<Record<CryptogramType, number>> = { AAC: 0x00, TC: 0x10, ARQC: 0x20 };
const secondBits = { AAC: 0x00, TC: 0x40 } as const;
const NO_SECOND = 0x80;

/** The card verification results, 4 bytes with their length (JR/T 0025.5-2013 annex A, JR/T 0025.12-2013 annex D). */
export function encodeCardVerificationResults(input: VerificationResultsInput): Uint8Array {
  const bytes = encodeNamedBits('9F10', OFFSET + LENGTH, input.results).subarray(OFFSET);
  bytes[0] = LENGTH - 1;
  bytes[1]! |= firstBits[input.first] | (input.second === undefined ? NO_SECOND : secondBits[input.second]);
  bytes[3]! |= (input.scriptCommands ?? 0) << 4;
  return bytes;
}
