import { createHash } from 'node:crypto';
import { concat, equalBytes } from '../bytes.js';
import { sm3 } from '../cryptogram/index.js';
import type { PublicKeyAlgorithm } from '../keys/index.js';
import type { OfflineDataAuthenticationInput } from './authentication-input.js';
import { type AuthenticationMeans, ordinaryMeans } from './means.js';
import { done, type OdaRefusal, type OdaResult, refuse, type Step } from './oda-result.js';
import { openSignedDynamicData } from './open-signed-dynamic-data.js';
import { recoverIccKey } from './recover-icc-key.js';
import { success, withCertificates } from './verify-dda.js';
import { objection, type Witness } from './witness.js';

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
export function verifyCda(input: CdaInput, means: AuthenticationMeans = ordinaryMeans): OdaResult {
  const keys = recoverIccKey(input, means);
  if (!keys.ok) return keys;
  const { key } = keys.value.icc;
  const { witness } = means;
  const dynamic = openSignedDynamicData(key, input.data.get('9F4B'), input.unpredictableNumber, witness);
  if (!dynamic.ok) return withCertificates(dynamic, keys.value);
  const cryptogram = signedCryptogram(dynamic.value.rest, key.algorithm, input, witness);
  if (!cryptogram.ok) return withCertificates(cryptogram, keys.value);
  const { iccDynamicNumber } = dynamic.value;
  return { ...success(keys.value), iccDynamicNumber, applicationCryptogram: cryptogram.value };
}

/** SHA-1 or SM3, in bytes. */
export const TRANSACTION_HASH_LENGTH: Readonly<Record<PublicKeyAlgorithm, number>> = { rsa: 20, sm2: 32 };

/** Cryptogram information (1), cryptogram (8), hash. */
function signedCryptogram(
  signed: Uint8Array,
  algorithm: PublicKeyAlgorithm,
  input: CdaInput,
  witness: Witness | undefined,
): Step<Uint8Array> {
  const hashLength = TRANSACTION_HASH_LENGTH[algorithm];
  if (signed.length < 9 + hashLength) {
    return refuse('icc-dynamic-data-length', { expected: 9 + hashLength, found: signed.length });
  }
  const [information, cryptogram, signedHash] = [
    signed.slice(0, 1),
    signed.slice(1, 9),
    signed.slice(9, 9 + hashLength),
  ];
  const transaction = concat(input.pdolData, input.cdolData, input.responseData);
  const hash = algorithm === 'sm2' ? sm3(transaction) : createHash('sha1').update(transaction).digest();
  const answered = input.applicationCryptogram ?? cryptogram;
  const check = (reason: OdaRefusal, expected: Uint8Array, found: Uint8Array) =>
    objection(witness, equalBytes(expected, found), reason, () => ({ expected, found }));
  return (
    check('cryptogram-information-mismatch', input.cryptogramInformationData, information) ??
    check('application-cryptogram-mismatch', answered, cryptogram) ??
    check('transaction-data-hash', hash, signedHash) ??
    done(cryptogram)
  );
}
