import { bitTableOf } from './bit-table.js';
import { rememberFlags } from './remember-flags.js';
import { ValueError } from './value-error.js';

type CryptogramType = 'AAC' | 'TC' | 'ARQC';

/** What the card found, in its own words (JR/T 0025.12-2013 Annex D; CVR, bytes 4 to 7 of 9F10). */
export interface CardVerificationResults {
  /** The answer to GET PROCESSING OPTIONS or to the first GENERATE AC (CVR 2.6-5). */
  readonly cryptogramType: CryptogramType;
  /** The answer to the second GENERATE AC (CVR 2.8-7); absent where none was asked for. */
  readonly secondCryptogramType?: 'AAC' | 'TC';
  /** CVR 4.8-5: commands with secure messaging after the second GENERATE AC, at most 15. */
  readonly scriptCommands: number;
  readonly issuerAuthenticationFailed: boolean;
  readonly offlinePinPerformed: boolean;
  readonly offlinePinFailed: boolean;
  readonly unableToGoOnline: boolean;
  readonly lastOnlineTransactionNotCompleted: boolean;
  readonly pinTriesExceeded: boolean;
  readonly countersExceeded: boolean;
  readonly newCard: boolean;
  readonly issuerAuthenticationFailedLast: boolean;
  readonly issuerAuthenticationNotPerformed: boolean;
  readonly applicationBlockedByPin: boolean;
  readonly staticDataAuthenticationFailedLast: boolean;
  readonly scriptFailed: boolean;
  readonly dynamicDataAuthenticationFailedLast: boolean;
  readonly dynamicDataAuthenticationPerformed: boolean;
}

type Flag = Exclude<keyof CardVerificationResults, 'cryptogramType' | 'secondCryptogramType' | 'scriptCommands'>;

const TAG = '9F10';
/** The bytes that the flags stand in. */
const [CVR_START, CVR_END] = [4, 7];
const firstTypes = ['AAC', 'TC', 'ARQC'] as const;
const secondTypes = ['AAC', 'TC', undefined] as const;
/** A value that has the layout of PBOC finds its table. */
const pbocLayout = Uint8Array.of(7, 0, 0, 3, 0, 0, 0, 0);
const flagRows = bitTableOf(TAG, pbocLayout)!.rows.filter(({ value, isNumber }) => value === undefined && !isNumber);

/** `bytes` is the whole 9F10, whose CVR has been found to have its place. Throws {@link ValueError}. */
export function readCardVerificationResults(bytes: Uint8Array): CardVerificationResults {
  const types = bytes[4]!;
  const cryptogramType = firstTypes[(types >> 4) & 0x03];
  if (cryptogramType === undefined || types >> 6 === 3) throw new ValueError('iad-cryptogram-type-reserved', 4, TAG);
  const second = secondTypes[types >> 6];
  const flags = rememberFlags(TAG, bytes.subarray(CVR_START, CVR_END), flagRows, bytes) as Record<Flag, boolean>;
  return {
    cryptogramType,
    ...(second === undefined ? {} : { secondCryptogramType: second }),
    scriptCommands: bytes[6]! >> 4,
    ...flags,
  };
}
