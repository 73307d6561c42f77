import { concat, encodeNumeric, fromHex } from '../../../emv/bytes.js';
import type { CardApplication } from '../card-file.js';
import { encodeCounter } from './application-cryptogram.js';
import { retailMac, sessionKey } from './triple-des.js';

const ALGORITHM_3DES = 0x01;
/** Length, kind 01 (electronic cash balance), 5 bytes of amount, 4 of MAC. */
const BALANCE_HEADER = Uint8Array.of(0x0a, 0x01);
const MAC_LENGTH = 4;
const CRYPTOGRAM_VERSION_BYTE: Readonly<Record<CardApplication['cryptogramVersion'], number>> = { 1: 0x01, 17: 0x17 };

/**
 * Issuer application data 9F10 with the electronic cash balance as issuer discretionary data of kind 01, under a MAC of
 * the transaction's session key (JR/T 0025.12-2013 annexes D and E). `balance` is the one after the transaction, fen.
 */
export function issuerApplicationData(
  application: CardApplication,
  applicationTransactionCounter: number,
  cardVerificationResults: Uint8Array,
  balance: number,
): Uint8Array {
  const value = encodeNumeric(balance, 6).subarray(1);
  const key = sessionKey(fromHex(application.keys.messageAuthentication), applicationTransactionCounter);
  const mac = retailMac(key, concat(encodeCounter(applicationTransactionCounter), value, Uint8Array.of(0)));
  const version = CRYPTOGRAM_VERSION_BYTE[application.cryptogramVersion];
  return concat(
    Uint8Array.of(0x07, application.keyDerivationIndex, version),
    cardVerificationResults,
    Uint8Array.of(ALGORITHM_3DES),
    BALANCE_HEADER,
    value,
    mac.subarray(0, MAC_LENGTH),
  );
}
