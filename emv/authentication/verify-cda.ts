import { createHash } from 'node:crypto';
import { concat, equalBytes } from '../bytes.js';
import { sm3 } from '../cryptogram/index.js';
import type { PublicKeyAlgorithm } from '../keys/index.js';
import type { OfflineDataAuthenticationInput } from './authentication-input.js';
import { done, type OdaResult, refuse, type Step } from './oda-result.js';
import { openSignedDynamicData } from './open-signed-dynamic-data.js';
import { recoverIccKey } from './recover-icc-key.js';
import { type IssuerCertificateOpener, openIssuerCertificate } from './recover-issuer-key.js';
import { success, withCertificates } from './verify-dda.js';

export interface CdaInput extends OfflineDataAuthenticationInput {
  /** 9F37, 4 bytes. */
  readonly unpredictableNumber: Uint8Array;
  /** What the PDOL asked for, as it was sent. */
  readonly pdolData: Uint8Array;
  /** What the CDOL asked for; at the second GENERATE AC the data of both commands, one after the other. */
  readonly cdolData: Uint8Array;
  /** The objects of the answer to GENERATE AC with tag and length, in their order, without 9F4B. */
  readonly responseData: Uint8Array;
  /** 9F27 of the answer, 1 byte. */
  readonly cryptogramInformationData: Uint8Array;
  /** 9F26, where it is known from elsewhere. */
  readonly applicationCryptogram?: Uint8Array | undefined;
}

/**
 * Combined DDA and application cryptogram: 9F4B of the answer to GENERATE AC carries cryptogram type, cryptogram and a
 * hash over commands and answer (EMV 4.3 Book 2 §6.6.2; SM2 with an SM3 hash: JR/T 0025.17-2013). Never throws for
 * what a card can send.
 */
export function verifyCda(input: CdaInput, open: IssuerCertificateOpener = openIssuerCertificate): OdaResult {
  const keys = recoverIccKey(input, open);
  if (!keys.ok) return keys;
  const { key } = keys.value.icc;
  const dynamic = openSignedDynamicData(key, input.data.get('9F4B'), input.unpredictableNumber);
  if (!dynamic.ok) return withCertificates(dynamic, keys.value);
  const cryptogram = signedCryptogram(dynamic.value.rest, key.algorithm, input);
  if (!cryptogram.ok) return withCertificates(cryptogram, keys.value);
  const { iccDynamicNumber } = dynamic.value;
  return { ...success(keys.value), iccDynamicNumber, applicationCryptogram: cryptogram.value };
}

/** Cryptogram information (1), cryptogram (8), hash (SHA-1 20, SM3 32). */
function signedCryptogram(signed: Uint8Array, algorithm: PublicKeyAlgorithm, input: CdaInput): Step<Uint8Array> {
  if (signed.length < 9 + (algorithm === 'sm2' ? 32 : 20)) return refuse('signed-dynamic-data-length');
  if (!equalBytes(signed.subarray(0, 1), input.cryptogramInformationData)) {
    return refuse('cryptogram-information-mismatch');
  }
  const cryptogram = signed.slice(1, 9);
  if (input.applicationCryptogram !== undefined && !equalBytes(cryptogram, input.applicationCryptogram)) {
    return refuse('application-cryptogram-mismatch');
  }
  const transaction = concat(input.pdolData, input.cdolData, input.responseData);
  const hash = algorithm === 'sm2' ? sm3(transaction) : createHash('sha1').update(transaction).digest();
  return equalBytes(hash, signed.subarray(9, 9 + hash.length)) ? done(cryptogram) : refuse('transaction-data-hash');
}
