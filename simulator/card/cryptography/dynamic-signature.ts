import { createHash } from 'node:crypto';
import { concat } from '../../../emv/bytes.js';
import type { DataMap } from '../../../emv/tlv/index.js';
import { encodeCounter } from './application-cryptogram.js';
import type { SigningKey } from './signing-key.js';

const HEADER = 0x6a;
const TRAILER = 0xbc;
const SIGNED_DATA_FORMAT = 0x05;
const HASH_SHA_1 = 0x01;
const PAD = 0xbb;
/** Header, format, hash algorithm, length of the dynamic data, hash (20), trailer. */
const OVERHEAD = 25;

/** The values that the two versions of dynamic authentication sign (JR/T 0025.12-2013 annex B). */
const SIGNED_TERMINAL_DATA = { '00': ['9F37'], '01': ['9F37', '9F02', '5F2A'] } as const;

/** Card authentication related data, 9F69: version, the card's random number, its qualifiers, an RFU byte. */
export function cardAuthenticationRelatedData(random: Uint8Array, cardTransactionQualifiers: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(0x01), random, cardTransactionQualifiers, Uint8Array.of(0x00));
}

/**
 * Signed dynamic application data 9F4B of qPBOC (fDDA, JR/T 0025.12-2013 7.7.14 and annex B): as long as the card's
 * key. With `cardAuthentication` (9F69) it is version 01, without it version 00. The dynamic data is the application
 * transaction counter with its length.
 */
export function signDynamicData(
  key: SigningKey,
  applicationTransactionCounter: number,
  terminalData: DataMap,
  cardAuthentication: Uint8Array | undefined,
): Uint8Array {
  const dynamicData = concat(Uint8Array.of(0x02), encodeCounter(applicationTransactionCounter));
  const padding = new Uint8Array(key.length - dynamicData.length - OVERHEAD).fill(PAD);
  const signed = concat(Uint8Array.of(SIGNED_DATA_FORMAT, HASH_SHA_1, dynamicData.length), dynamicData, padding);
  const tags = SIGNED_TERMINAL_DATA[cardAuthentication === undefined ? '00' : '01'];
  const hash = createHash('sha1').update(signed);
  for (const tag of tags) hash.update(terminalData.get(tag) ?? new Uint8Array(0));
  if (cardAuthentication !== undefined) hash.update(cardAuthentication);
  return key.sign(concat(Uint8Array.of(HEADER), signed, hash.digest(), Uint8Array.of(TRAILER)));
}
