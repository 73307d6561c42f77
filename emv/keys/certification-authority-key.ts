/** Public-key algorithms of PBOC 3.0 cards (JR/T 0025.7-2013 and JR/T 0025.17-2013 annex A: 01 RSA, 04 SM2). */
export type PublicKeyAlgorithm = 'rsa' | 'sm2';

/**
 * A certification authority public key as it is handed to a terminal, in hex (EMV 4.3 Book 2 §11.2.1,
 * JR/T 0025.7-2013 table 29). An RSA key has `modulus` and `exponent`, an SM2 key has `publicKey` (x ‖ y, 64 bytes).
 *
 * `rid` is 5 bytes, `index` 1 byte, `sha1` (RSA) or `sm3` (SM2) the checksum that came with the key, `expires` its last day (YYYY-MM-DD),
 * `use` says whether live or test cards are signed under it, where that is known.
 */
export interface CertificationAuthorityKey {
  readonly rid: string;
  readonly index: string;
  readonly algorithm?: PublicKeyAlgorithm;
  readonly modulus?: string;
  readonly exponent?: string;
  readonly publicKey?: string;
  readonly sha1?: string;
  readonly sm3?: string;
  readonly expires?: string;
  readonly use?: 'live' | 'test';
}
