import { decodeNumeric } from '../bytes.js';
import type { PublicKeyAlgorithm } from '../keys/index.js';

/**
 * An opened issuer or card certificate with its fields (EMV 4.3 Book 2 tables 6 and 14; SM2: JR/T 0025.17-2013).
 * Plain data.
 */
export interface Certificate {
  readonly algorithm: PublicKeyAlgorithm;
  /** Format byte: 02 issuer, 04 card; 12 and 14 under SM2. */
  readonly format: number;
  /** Issuer identifier (4 bytes) or PAN (10 bytes), padded with F on the right. */
  readonly subject: Uint8Array;
  /** Last month as it stands in the certificate, MMYY in binary coded decimal. */
  readonly expiry: Uint8Array;
  /** 3 bytes. */
  readonly serialNumber: Uint8Array;
  /** 01 SHA-1; SM2 certificates name the signature algorithm here (04). */
  readonly hashAlgorithm: number;
  /** 01 RSA; SM2 certificates name the curve here (11). */
  readonly publicKeyAlgorithm: number;
  /** The modulus, or x ‖ y. */
  readonly publicKey: Uint8Array;
  /** RSA only. */
  readonly exponent?: Uint8Array;
}

/** `YYYY-MM` of an expiry; years 50 to 99 are of the last century. `undefined` for what is no month. */
export function lastMonthOf({ expiry }: Pick<Certificate, 'expiry'>): string | undefined {
  const month = decodeNumeric(expiry.subarray(0, 1)) ?? 0;
  const year = decodeNumeric(expiry.subarray(1));
  if (expiry.length !== 2 || month < 1 || month > 12 || year === undefined) return undefined;
  return `${year >= 50 ? 1900 + year : 2000 + year}-${month < 10 ? '0' : ''}${month}`;
}

/**
 * Whether a certificate is past the last day of its month; `date` is YYYY-MM-DD (EMV 4.3 Book 2 §5.3 step 9, §6.4
 * step 9). An expiry that is no month, or a date in another form, counts as past.
 */
export function isExpiredCertificate(certificate: Pick<Certificate, 'expiry'>, date: string): boolean {
  const lastMonth = lastMonthOf(certificate);
  return lastMonth === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date) || date.slice(0, 7) > lastMonth;
}
