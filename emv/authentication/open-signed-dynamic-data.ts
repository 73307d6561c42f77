import { concat } from '../bytes.js';
import { done, refuse, type Step } from './oda-result.js';
import type { PublicKey } from './open-certificate.js';
import { isHashOf, recoverSignedData } from './recover-signed-data.js';

/** What a card says in 9F4B. */
export interface IccDynamicData {
  /** 2 to 8 bytes. */
  readonly iccDynamicNumber: Uint8Array;
  /** What follows the number: nothing in DDA and fDDA; cryptogram information, cryptogram and hash in CDA. */
  readonly rest: Uint8Array;
}

/** Format byte, hash algorithm, length of the dynamic data. */
const BODY_LENGTH_MIN = 3;
const SM2_SIGNATURE_LENGTH = 64;

/**
 * Opens 9F4B with the card's key and holds it against `terminalData`, the bytes that the terminal adds to what is
 * signed (EMV 4.3 Book 2 §6.5.2, §6.6.2; fDDA: JR/T 0025.12-2013 annex B; SM2: JR/T 0025.17-2013).
 */
export function openSignedDynamicData(
  key: PublicKey,
  signed: Uint8Array | undefined,
  terminalData: Uint8Array,
): Step<IccDynamicData> {
  if (signed === undefined || signed.length === 0) return refuse('signed-dynamic-data-missing');
  const dynamicData = key.algorithm === 'sm2' ? openSm2(key, signed, terminalData) : openRsa(key, signed, terminalData);
  return dynamicData.ok ? split(dynamicData.value) : dynamicData;
}

function openRsa(
  key: Extract<PublicKey, { algorithm: 'rsa' }>,
  signed: Uint8Array,
  terminalData: Uint8Array,
): Step<Uint8Array> {
  const recovered = recoverSignedData('signed-dynamic-data', key, signed, 0x05, BODY_LENGTH_MIN);
  if (!recovered.ok) return recovered;
  const { body } = recovered.value;
  if (body[1] !== 0x01) return refuse('signed-dynamic-data-hash-algorithm');
  const length = body[2]!;
  if (length > body.length - BODY_LENGTH_MIN) return refuse('signed-dynamic-data-length');
  if (!isHashOf(recovered.value, terminalData)) return refuse('signed-dynamic-data-hash');
  return done(body.slice(BODY_LENGTH_MIN, BODY_LENGTH_MIN + length));
}

function openSm2(
  key: Extract<PublicKey, { algorithm: 'sm2' }>,
  signed: Uint8Array,
  terminalData: Uint8Array,
): Step<Uint8Array> {
  const [format, length] = signed;
  if (length === undefined || signed.length !== length + 2 + SM2_SIGNATURE_LENGTH) {
    return refuse('signed-dynamic-data-length');
  }
  if (format !== 0x15) return refuse('signed-dynamic-data-format');
  const body = signed.subarray(0, 2 + length);
  if (!key.verify(concat(body, terminalData), signed.subarray(body.length))) {
    return refuse('signed-dynamic-data-signature');
  }
  return done(body.slice(2));
}

function split(dynamicData: Uint8Array): Step<IccDynamicData> {
  const length = dynamicData[0] ?? 0;
  if (length < 2 || length > 8 || dynamicData.length < 1 + length) return refuse('icc-dynamic-number-length');
  return done({ iccDynamicNumber: dynamicData.slice(1, 1 + length), rest: dynamicData.slice(1 + length) });
}
