import { concat, fromHex } from '../../../emv/bytes.js';
import { type Sm2Key, signSm2 } from '../../sm2/index.js';

const SIGNATURE_SM2 = 0x04;
const ENCRYPTION_NONE = 0x00;
const CURVE_SM2 = 0x11;
const KEY_LENGTH = 0x40;
const KEY_FIELDS = Uint8Array.of(SIGNATURE_SM2, ENCRYPTION_NONE, CURVE_SM2, KEY_LENGTH);

/** `MMYY`, valid to the last day of that month, and 3 bytes. */
interface CertificateFields {
  readonly expires: string;
  readonly serialNumber: Uint8Array;
}

export interface Sm2IssuerCertificateInput extends CertificateFields {
  readonly certificationAuthority: Sm2Key;
  readonly issuer: Sm2Key;
  /** The first 3 to 8 digits of the PAN. */
  readonly issuerIdentifier: string;
}

/** The issuer public key certificate 90, format 12, 142 bytes (JR/T 0025.17-2013 clause 7). */
export function certifyIssuerSm2(input: Sm2IssuerCertificateInput): Uint8Array {
  const { certificationAuthority, issuer, issuerIdentifier, expires, serialNumber } = input;
  const head = fromHex(`12${issuerIdentifier.padEnd(8, 'F')}${expires}`);
  const body = concat(head, serialNumber, KEY_FIELDS, issuer.point);
  return concat(body, signSm2(certificationAuthority, body));
}

export interface Sm2CardCertificateInput extends CertificateFields {
  readonly issuer: Sm2Key;
  readonly card: Sm2Key;
  /** Digits. */
  readonly pan: string;
  /** The signed records without template 70, in order of the file locator, then what 9F4A names. */
  readonly staticData: Uint8Array;
}

/** The ICC public key certificate 9F46, format 14, 148 bytes; signed together with the static data (the same). */
export function certifyCardSm2(input: Sm2CardCertificateInput): Uint8Array {
  const { issuer, card, pan, expires, serialNumber, staticData } = input;
  const body = concat(fromHex(`14${pan.padEnd(20, 'F')}${expires}`), serialNumber, KEY_FIELDS, card.point);
  return concat(body, signSm2(issuer, concat(body, staticData)));
}

/** Signed static application data 93, format 13, 67 bytes (the same). `dataAuthenticationCode`: 2 bytes. */
export function signStaticDataSm2(
  issuer: Sm2Key,
  dataAuthenticationCode: Uint8Array,
  staticData: Uint8Array,
): Uint8Array {
  const body = concat(Uint8Array.of(0x13), dataAuthenticationCode);
  return concat(body, signSm2(issuer, concat(body, staticData)));
}
