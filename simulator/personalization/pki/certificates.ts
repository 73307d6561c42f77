import { createHash } from 'node:crypto';
import { concat, fromHex } from '../../../emv/bytes.js';
import { toBigEndian } from '../../numbers/big-endian.js';
import type { RsaKey } from './generate-rsa-key.js';
import { signBlock } from './rsa-signature.js';

const HEADER = 0x6a;
const TRAILER = 0xbc;
const PAD = 0xbb;
const HASH_SHA_1 = 0x01;
const ALGORITHM_RSA = 0x01;
/** Header, the fields before the key, hash and trailer of an issuer's certificate (EMV 4.3 Book 2 table 6). */
const ISSUER_CERTIFICATE_OVERHEAD = 36;
/** The same of a card's (EMV 4.3 Book 2 table 14). */
const CARD_CERTIFICATE_OVERHEAD = 42;
/** Header, format, hash algorithm, authentication code, hash and trailer (EMV 4.3 Book 2 table 7). */
const STATIC_DATA_OVERHEAD = 26;

/** A public key certificate as a card carries it. */
export interface Certificate {
  /** 90 or 9F46: as long as the key that signed it. */
  readonly certificate: Uint8Array;
  /** 92 or 9F48: what of the modulus the certificate has no room for. */
  readonly remainder: Uint8Array;
  /** 9F32 or 9F47. */
  readonly exponent: Uint8Array;
}

export interface IssuerCertificateInput {
  readonly certificationAuthority: RsaKey;
  readonly issuer: RsaKey;
  /** The first 3 to 8 digits of the PAN. */
  readonly issuerIdentifier: string;
  /** `MMYY`: valid to the last day of that month. */
  readonly expires: string;
  /** 3 bytes. */
  readonly serialNumber: Uint8Array;
}

/** The issuer public key certificate, format 02 (EMV 4.3 Book 2 §5.1; JR/T 0025.7-2013). */
export function certifyIssuer(input: IssuerCertificateInput): Certificate {
  const { certificationAuthority, issuer, issuerIdentifier, expires, serialNumber } = input;
  const identifier = fromHex(issuerIdentifier.padEnd(8, 'F'));
  const fields = concat(Uint8Array.of(0x02), identifier, fromHex(expires), serialNumber);
  return certify(certificationAuthority, issuer, fields, ISSUER_CERTIFICATE_OVERHEAD, new Uint8Array(0));
}

export interface CardCertificateInput {
  readonly issuer: RsaKey;
  readonly card: RsaKey;
  /** Digits. */
  readonly pan: string;
  /** `MMYY`: valid to the last day of that month. */
  readonly expires: string;
  /** 3 bytes. */
  readonly serialNumber: Uint8Array;
  /** The signed records without template 70, in order of the file locator, then what 9F4A names. */
  readonly staticData: Uint8Array;
}

/** The ICC public key certificate, format 04 (EMV 4.3 Book 2 §6.1; JR/T 0025.7-2013). */
export function certifyCard(input: CardCertificateInput): Certificate {
  const { issuer, card, pan, expires, serialNumber, staticData } = input;
  const fields = concat(Uint8Array.of(0x04), fromHex(pan.padEnd(20, 'F')), fromHex(expires), serialNumber);
  return certify(issuer, card, fields, CARD_CERTIFICATE_OVERHEAD, staticData);
}

function certify(
  signer: RsaKey,
  subject: RsaKey,
  fields: Uint8Array,
  overhead: number,
  staticData: Uint8Array,
): Certificate {
  const modulus = toBigEndian(subject.modulus, subject.length);
  const exponent = fromHex(subject.publicExponent === 3n ? '03' : '010001');
  const room = signer.length - overhead;
  const remainder = modulus.subarray(Math.min(room, modulus.length));
  const left = new Uint8Array(room).fill(PAD);
  left.set(modulus.subarray(0, room));
  const keyFields = Uint8Array.of(HASH_SHA_1, ALGORITHM_RSA, modulus.length, exponent.length);
  const body = concat(fields, keyFields, left);
  return { certificate: signWithHash(signer, body, concat(remainder, exponent, staticData)), remainder, exponent };
}

/** Signed static application data 93, format 03 (EMV 4.3 Book 2 §5.1). `dataAuthenticationCode`: 2 bytes. */
export function signStaticData(issuer: RsaKey, dataAuthenticationCode: Uint8Array, staticData: Uint8Array): Uint8Array {
  const padding = new Uint8Array(issuer.length - STATIC_DATA_OVERHEAD).fill(PAD);
  return signWithHash(issuer, concat(Uint8Array.of(0x03, HASH_SHA_1), dataAuthenticationCode, padding), staticData);
}

/** `6A ‖ body ‖ SHA-1(body ‖ outside) ‖ BC` under the private key (EMV 4.3 Book 2 A2.1). */
function signWithHash(signer: RsaKey, body: Uint8Array, outside: Uint8Array): Uint8Array {
  const hash = createHash('sha1').update(body).update(outside).digest();
  return signBlock(signer, concat(Uint8Array.of(HEADER), body, hash, Uint8Array.of(TRAILER)));
}
