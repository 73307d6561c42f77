import { concat } from '../bytes.js';
import { createSm2PublicKey, type Sm2PublicKey } from '../cryptogram/index.js';
import { createRsaPublicKey, isAllowedExponent, type RsaPublicKey } from '../keys/index.js';
import type { DataMap } from '../tlv/index.js';
import type { Certificate } from './certificate.js';
import { done, refuse, type Step } from './oda-result.js';
import { byteAt, objectionToHash, recoverSignedData } from './recover-signed-data.js';
import { objection, type Witness } from './witness.js';

export type PublicKey = RsaPublicKey | Sm2PublicKey;

/** A certificate that opened, and the key in it, ready for use. */
export interface OpenedCertificate {
  readonly certificate: Certificate;
  readonly key: PublicKey;
}

/** What tells an issuer certificate from a card certificate (EMV 4.3 Book 2 tables 6 and 14, JR/T 0025.17-2013). */
export interface CertificateLayout {
  readonly owner: 'issuer' | 'icc';
  readonly rsaFormat: number;
  readonly sm2Format: number;
  readonly subjectLength: number;
  readonly certificateTag: string;
  readonly exponentTag: string;
  readonly remainderTag: string;
}

export const issuerCertificateLayout: CertificateLayout = {
  owner: 'issuer',
  rsaFormat: 0x02,
  sm2Format: 0x12,
  subjectLength: 4,
  certificateTag: '90',
  exponentTag: '9F32',
  remainderTag: '92',
};

export const iccCertificateLayout: CertificateLayout = {
  owner: 'icc',
  rsaFormat: 0x04,
  sm2Format: 0x14,
  subjectLength: 10,
  certificateTag: '9F46',
  exponentTag: '9F47',
  remainderTag: '9F48',
};

const ALGORITHM = { sha1: 0x01, rsa: 0x01, sm2Signature: 0x04, noEncryption: 0x00, sm2Curve: 0x11 };

/** The three bytes before the key length of an SM2 certificate (JR/T 0025.17-2013, tables of annex A). */
const sm2Algorithms = [
  ['hashAlgorithm', ALGORITHM.sm2Signature],
  ['encryptionAlgorithm', ALGORITHM.noEncryption],
  ['publicKeyAlgorithm', ALGORITHM.sm2Curve],
] as const;

const SM2_KEY_LENGTH = 64;
const SM2_SIGNATURE_LENGTH = 64;
const NOTHING = new Uint8Array(0);

/**
 * Opens a certificate with the key of whoever signed it. `signedWithIt` is what the signature covers besides
 * certificate, remainder and exponent: the static data for a card certificate.
 */
export function openCertificate(
  layout: CertificateLayout,
  signer: PublicKey,
  data: DataMap,
  signedWithIt: Uint8Array = NOTHING,
  witness?: Witness,
): Step<OpenedCertificate> {
  const encoded = data.get(layout.certificateTag);
  if (encoded === undefined || encoded.length === 0) return refuse(`${layout.owner}-certificate-missing`);
  return signer.algorithm === 'rsa'
    ? openRsa(layout, signer, encoded, data, signedWithIt, witness)
    : openSm2(layout, signer, encoded, signedWithIt, witness);
}

/** EMV 4.3 Book 2 §5.3 and §6.4, JR/T 0025.7-2013 for the same in PBOC. */
function openRsa(
  layout: CertificateLayout,
  signer: RsaPublicKey,
  encoded: Uint8Array,
  data: DataMap,
  signedWithIt: Uint8Array,
  witness: Witness | undefined,
): Step<OpenedCertificate> {
  const { owner, subjectLength } = layout;
  const thing = `${owner}-certificate` as const;
  const exponent = data.get(layout.exponentTag);
  if (exponent === undefined) return refuse(`${owner}-exponent-missing`);
  if (!isAllowedExponent(exponent))
    return refuse(`${owner}-exponent-invalid`, { expected: '03, 010001', found: exponent });
  const keyOffset = subjectLength + 10;
  const recovered = recoverSignedData(thing, signer, encoded, layout.rsaFormat, keyOffset + 1, witness);
  if (!recovered.ok) return recovered;

  const { body } = recovered.value;
  const algorithmOffset = subjectLength + 6;
  const [hashAlgorithm, publicKeyAlgorithm, keyLength, exponentLength] = body.subarray(algorithmOffset);
  if (hashAlgorithm !== ALGORITHM.sha1) {
    return refuse(`${thing}-hash-algorithm`, byteAt(body, algorithmOffset, ALGORITHM.sha1));
  }
  if (publicKeyAlgorithm !== ALGORITHM.rsa) {
    return refuse(`${thing}-key-algorithm`, byteAt(body, algorithmOffset + 1, ALGORITHM.rsa));
  }
  if (keyLength === undefined || keyLength === 0 || keyLength > signer.modulus.length) {
    return refuse(`${thing}-key-length`, { expected: `1–${signer.modulus.length}`, found: keyLength ?? 0 });
  }
  if (exponentLength !== exponent.length) {
    return refuse(`${owner}-exponent-length`, byteAt(body, algorithmOffset + 3, exponent.length));
  }
  const inside = body.subarray(keyOffset, keyOffset + Math.min(keyLength, body.length - keyOffset));
  const remainder = data.get(layout.remainderTag) ?? NOTHING;
  if (inside.length + remainder.length !== keyLength) {
    return refuse(`${owner}-key-remainder-length`, { expected: keyLength - inside.length, found: remainder.length });
  }
  const wrongHash = objectionToHash(thing, recovered.value, witness, remainder, exponent, signedWithIt);
  if (wrongHash !== undefined) return wrongHash;

  // Whoever keeps the certificate open keeps a copy, and no memory that others share.
  const key = createRsaPublicKey(concat(inside, remainder).slice(), exponent);
  if (key === undefined) return refuse(`${owner}-key-invalid`);
  const named = { hashAlgorithm, publicKeyAlgorithm, publicKey: key.modulus, exponent };
  return done({ certificate: { algorithm: 'rsa', ...fieldsOf(body, subjectLength), ...named }, key });
}

/** JR/T 0025.17-2013: plain fields, then r ‖ s over them and what is signed with them. */
function openSm2(
  layout: CertificateLayout,
  signer: Sm2PublicKey,
  encoded: Uint8Array,
  signedWithIt: Uint8Array,
  witness: Witness | undefined,
): Step<OpenedCertificate> {
  const { owner, subjectLength } = layout;
  const thing = `${owner}-certificate` as const;
  const keyOffset = subjectLength + 10;
  const bodyLength = keyOffset + SM2_KEY_LENGTH;
  if (encoded.length !== bodyLength + SM2_SIGNATURE_LENGTH) {
    return refuse(`${thing}-length`, { expected: bodyLength + SM2_SIGNATURE_LENGTH, found: encoded.length });
  }
  witness?.opened(thing, encoded);
  const body = encoded.subarray(0, bodyLength);
  if (body[0] !== layout.sm2Format) return refuse(`${thing}-format`, byteAt(body, 0, layout.sm2Format));
  const algorithmOffset = subjectLength + 6;
  for (const [position, [field, expected]] of sm2Algorithms.entries()) {
    const offset = algorithmOffset + position;
    if (body[offset] !== expected) {
      return refuse(`${thing}-key-algorithm`, { field, ...byteAt(body, offset, expected) });
    }
  }
  if (body[keyOffset - 1] !== SM2_KEY_LENGTH) {
    return refuse(`${thing}-key-length`, byteAt(body, keyOffset - 1, SM2_KEY_LENGTH));
  }
  const holds = signer.verify(concat(body, signedWithIt), encoded.subarray(bodyLength));
  const forged = objection(witness, holds, `${thing}-signature`);
  if (forged !== undefined) return forged;
  const publicKey = body.slice(keyOffset);
  const key = createSm2PublicKey(publicKey);
  if (key === undefined) return refuse(`${owner}-key-invalid`);
  const named = { hashAlgorithm: ALGORITHM.sm2Signature, publicKeyAlgorithm: ALGORITHM.sm2Curve, publicKey };
  return done({ certificate: { algorithm: 'sm2', ...fieldsOf(body, subjectLength), ...named }, key });
}

/** Format, subject, expiry and serial number stand in the same order in all certificates. */
function fieldsOf(body: Uint8Array, subjectLength: number) {
  return {
    format: body[0]!,
    subject: body.slice(1, 1 + subjectLength),
    expiry: body.slice(1 + subjectLength, 3 + subjectLength),
    serialNumber: body.slice(3 + subjectLength, 6 + subjectLength),
  };
}
