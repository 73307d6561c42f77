import { concat } from '../../../emv/bytes.js';
import type { DataMap } from '../../../emv/tlv/index.js';
import { encodeCounter } from './encode-counter.js';
import type { SigningKey } from './signing-key.js';

/** The values that the two versions of dynamic authentication sign (JR/T 0025.12-2013 annex B). */
const SIGNED_TERMINAL_DATA = { '00': ['9F37'], '01': ['9F37', '9F02', '5F2A'] } as const;

/** Card authentication related data, 9F69: version, the card's random number, its qualifiers, and DF61 or nothing. */
export function cardAuthenticationRelatedData(
  random: Uint8Array,
  cardTransactionQualifiers: Uint8Array,
  segmentIdentifier = 0x00,
): Uint8Array {
  return concat(Uint8Array.of(0x01), random, cardTransactionQualifiers, Uint8Array.of(segmentIdentifier));
}

/** ICC dynamic data of every kind begins with a dynamic number: the application transaction counter, with its length. */
function dynamicNumber(applicationTransactionCounter: number): Uint8Array {
  return concat(Uint8Array.of(0x02), encodeCounter(applicationTransactionCounter));
}

/**
 * Signed dynamic application data 9F4B of qPBOC (fDDA, JR/T 0025.12-2013 7.7.14 and annex B). With
 * `cardAuthentication` (9F69) it is version 01, without it version 00.
 */
export function signDynamicData(
  key: SigningKey,
  applicationTransactionCounter: number,
  terminalData: DataMap,
  cardAuthentication: Uint8Array | undefined,
): Uint8Array {
  const tags = SIGNED_TERMINAL_DATA[cardAuthentication === undefined ? '00' : '01'];
  const said = tags.map((tag) => terminalData.get(tag) ?? new Uint8Array(0));
  const terminal = concat(...said, cardAuthentication ?? new Uint8Array(0));
  return key.signDynamicData(dynamicNumber(applicationTransactionCounter), terminal);
}

/** 9F4B of INTERNAL AUTHENTICATE over what the DDOL asked for (DDA, EMV 4.3 Book 2 §6.5.1). */
export function signForInternalAuthenticate(
  key: SigningKey,
  applicationTransactionCounter: number,
  terminalDynamicData: Uint8Array,
): Uint8Array {
  return key.signDynamicData(dynamicNumber(applicationTransactionCounter), terminalDynamicData);
}

export interface CombinedSignatureInput {
  readonly applicationTransactionCounter: number;
  /** 9F27. */
  readonly cryptogramInformationData: number;
  /** 9F26, 8 bytes. */
  readonly cryptogram: Uint8Array;
  /** The values of PDOL and CDOLs, then the objects of the answer without 9F4B (EMV 4.3 Book 2 §6.6.1). */
  readonly transactionData: Uint8Array;
  /** 9F37. */
  readonly unpredictableNumber: Uint8Array;
}

/** 9F4B of GENERATE AC (CDA, EMV 4.3 Book 2 §6.6.1; JR/T 0025.17-2013 for the SM algorithms). */
export function signWithCryptogram(key: SigningKey, input: CombinedSignatureInput): Uint8Array {
  const dynamicData = concat(
    dynamicNumber(input.applicationTransactionCounter),
    Uint8Array.of(input.cryptogramInformationData),
    input.cryptogram,
    key.hash(input.transactionData),
  );
  return key.signDynamicData(dynamicData, input.unpredictableNumber);
}
