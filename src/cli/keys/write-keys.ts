import { type CertificationAuthorityKey, encode, fromHex, toHex } from '../../../emv/index.js';

export type KeyFileFormat = 'json' | 'csv' | 'tlv';

const writers: Readonly<Record<KeyFileFormat, (keys: readonly CertificationAuthorityKey[]) => string>> = {
  json: (keys) => `${JSON.stringify(keys, undefined, 2)}\n`,
  csv: (keys) => [HEADER.join(','), ...keys.map(csvLine), ''].join('\n'),
  tlv: (keys) => keys.map((key) => `${toHex(objectsOf(key))}\n`).join(''),
};

const HEADER = ['rid', 'index', 'algorithm', 'modulus', 'exponent', 'publicKey', 'expires', 'checksum', 'use'];

/** Keys as a file that `yongtap keys import` reads again, byte for byte the same keys. */
export const writeKeys = (format: KeyFileFormat, keys: readonly CertificationAuthorityKey[]): string =>
  writers[format](keys);

const csvLine = (key: CertificationAuthorityKey): string =>
  [
    key.rid,
    key.index,
    key.algorithm,
    key.modulus,
    key.exponent,
    key.publicKey,
    key.expires,
    key.sha1 ?? key.sm3,
    key.use,
  ]
    .map((cell) => cell ?? '')
    .join(',');

/** Hash and key algorithm: 01 SHA-1 and RSA, 07 SM3 and 04 SM2 (JR/T 0025.17-2013 annex A). */
function objectsOf(key: CertificationAuthorityKey): Uint8Array {
  const isSm2 = key.algorithm === 'sm2';
  const expiry = key.expires?.replaceAll('-', '') ?? '00000000';
  const objects: readonly (readonly [string, string])[] = [
    ['9F06', key.rid],
    ['9F22', key.index],
    ['DF05', expiry],
    ['DF06', isSm2 ? '07' : '01'],
    ['DF07', isSm2 ? '04' : '01'],
    ['DF02', (key.modulus ?? key.publicKey)!],
    ['DF04', key.exponent ?? ''],
    ['DF03', (key.sha1 ?? key.sm3)!],
  ];
  return encode(objects.map(([tag, value]) => ({ tag, value: fromHex(value) })));
}
