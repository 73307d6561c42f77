import { concat } from '../bytes.js';
import { done, refuse, type Step } from './oda-result.js';
import type { PublicKey } from './open-certificate.js';
import { byteAt, objectionToHash, recoverSignedData } from './recover-signed-data.js';
import { objection, type Witness } from './witness.js';

/** What a card says in 9F4B. */
export interface IccDynamicData {
  /** 2 to 8 bytes. */
  readonly iccDynamicNumber: Uint8Array;
  /** What follows the number: nothing in DDA and fDDA; cryptogram information, cryptogram and hash in CDA. */
  readonly rest: Uint8Array;
}

/** Format byte, hash algorithm, length of the dynamic data. */
const BODY_LENGTH_MIN = 3;
const FORMAT = { rsa: 0x05, sm2: 0x15 };
const SHA1 = 0x01;
const SM2_SIGNATURE_LENGTH = 64;

/**
 * Opens 9F4B with the card's key and holds it against `terminalData`, the bytes that the terminal adds to what is
 * signed (EMV 4.3 Book 2 §6.5.2, §6.6.2; fDDA: JR/T 0025.12-2013 annex B; SM2: JR/T 0025.17-2013).
 */
export function openSignedDynamicData(
  key: PublicKey,
  signed: Uint8Array | undefined,
  terminalData: Uint8Array,
  witness: Witness | undefined,
): Step<IccDynamicData> {
  if (signed === undefined || signed.length === 0) return refuse('signed-dynamic-data-missing');
  witness?.signedWith('signed-dynamic-data', terminalData);
  const dynamicData =
    key.algorithm === 'sm2' ? openSm2(key, signed, terminalData, witness) : openRsa(key, signed, terminalData, witness);
  return dynamicData.ok ? split(dynamicData.value) : dynamicData;
}

function openRsa(
  key: Extract<PublicKey, { algorithm: 'rsa' }>,
  signed: Uint8Array,
  terminalData: Uint8Array,
  witness: Witness | undefined,
): Step<Uint8Array> {
  const recovered = recoverSignedData('signed-dynamic-data', key, signed, FORMAT.rsa, BODY_LENGTH_MIN, witness);
  if (!recovered.ok) return recovered;
  const { body } = recovered.value;
  if (body[1] !== SHA1) return refuse('signed-dynamic-data-hash-algorithm', byteAt(body, 1, SHA1));
  const length = body[2]!;
  if (length > body.length - BODY_LENGTH_MIN) {
    return refuse('icc-dynamic-data-length', { expected: `0–${body.length - BODY_LENGTH_MIN}`, found: length });
  }
  const wrongHash = objectionToHash('signed-dynamic-data', recovered.value, witness, terminalData);
  return wrongHash ?? done(body.slice(BODY_LENGTH_MIN, BODY_LENGTH_MIN + length));
}

function openSm2(
  key: Extract<PublicKey, { algorithm: 'sm2' }>,
  signed: Uint8Array,
  terminalData: Uint8Array,
  witness: Witness | undefined,
): Step<Uint8Array> {
  const length = signed[1];
  const expected = (length ?? 0) + 2 + SM2_SIGNATURE_LENGTH;
  if (length === undefined || signed.length !== expected) {
    return refuse('signed-dynamic-data-length', { expected, found: signed.length });
  }
  witness?.opened('signed-dynamic-data', signed);
  if (signed[0] !== FORMAT.sm2) return refuse('signed-dynamic-data-format', byteAt(signed, 0, FORMAT.sm2));
  const body = signed.subarray(0, 2 + length);
  const holds = key.verify(concat(body, terminalData), signed.subarray(body.length));
  return objection(witness, holds, 'signed-dynamic-data-signature') ?? done(body.slice(2));
}

function split(dynamicData: Uint8Array): Step<IccDynamicData> {
  const length = dynamicData[0] ?? 0;
  if (length < 2 || length > 8 || dynamicData.length < 1 + length) {
    return refuse('icc-dynamic-number-length', { expected: '2–8', found: length });
  }
  return done({ iccDynamicNumber: dynamicData.slice(1, 1 + length), rest: dynamicData.slice(1 + length) });
}
