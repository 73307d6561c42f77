import { expect, test } from 'vitest';
import {
  type CertificationAuthorityKey,
  createCertificationAuthorityKeyStore,
  isExpiredKey,
  KeyError,
  UNIONPAY_RID,
  wellKnownKeys,
} from '../../../emv/index.js';

const unionPay = wellKnownKeys({ rid: UNIONPAY_RID, use: 'live' });
const rsa = unionPay[0]!;
const sm2 = wellKnownKeys().find(({ algorithm }) => algorithm === 'sm2')!;

const errorOf = (key: CertificationAuthorityKey): KeyError => {
  try {
    createCertificationAuthorityKeyStore([key]);
  } catch (error) {
    if (error instanceof KeyError) return error;
  }
  throw new Error('the key was taken');
};

test('every well-known key is whole and fits its checksum', () => {
  const store = createCertificationAuthorityKeyStore(wellKnownKeys());
  expect(store.all()).toHaveLength(wellKnownKeys().length);
  expect(unionPay.map(({ index }) => index)).toEqual(['02', '03', '04']);
});

test('a key is found in either case, and only under its own RID', () => {
  const store = createCertificationAuthorityKeyStore([rsa]);
  expect(store.find(rsa.rid.toLowerCase(), rsa.index.toLowerCase())).toHaveLength(1);
  expect(store.find('A000000003', rsa.index)).toEqual([]);
  expect(store.find(rsa.rid, 'FF')).toEqual([]);
  expect(store.find(rsa.rid.slice(0, -2), rsa.rid.slice(-2) + rsa.index)).toEqual([]);
});

test('all keys of one index are found, in the order of the hand-over', () => {
  const same = wellKnownKeys({ rid: 'A000000003' }).filter(({ index }) => index === '50');
  expect(same.length).toBeGreaterThan(1);
  const found = createCertificationAuthorityKeyStore(wellKnownKeys()).find('A000000003', '50');
  expect(found.map(({ modulus }) => modulus)).toEqual(same.map(({ modulus }) => modulus));
});

const { modulus, exponent, rid, index } = rsa;

test.each<[string, CertificationAuthorityKey, KeyError['code'], string]>([
  ['a bit of the modulus', { ...rsa, modulus: `8${modulus!.slice(1)}` }, 'key-checksum-wrong', 'sha1'],
  ['another exponent', { ...rsa, exponent: '010001' }, 'key-checksum-wrong', 'sha1'],
  ['another index', { ...rsa, index: '7F' }, 'key-checksum-wrong', 'sha1'],
  ['exponent 0', { rid, index, modulus: modulus!, exponent: '00' }, 'key-exponent-invalid', 'exponent'],
  ['exponent 2', { rid, index, modulus: modulus!, exponent: '02' }, 'key-exponent-invalid', 'exponent'],
  ['no exponent', { rid, index, modulus: modulus! }, 'key-field-missing', 'exponent'],
  ['an empty exponent', { rid, index, modulus: modulus!, exponent: '' }, 'key-exponent-invalid', 'exponent'],
  ['an empty modulus', { rid, index, modulus: '', exponent: exponent! }, 'key-modulus-invalid', 'modulus'],
  ['an even modulus', { rid, index, modulus: `${modulus}00`, exponent: '03' }, 'key-modulus-invalid', 'modulus'],
  ['a huge modulus', { rid, index, modulus: 'FF'.repeat(257), exponent: '03' }, 'key-modulus-invalid', 'modulus'],
  ['text for hex', { ...rsa, modulus: 'zz' }, 'key-field-not-hex', 'modulus'],
  ['a short RID', { ...rsa, rid: 'A0000003' }, 'key-field-length', 'rid'],
  ['a short checksum', { ...rsa, sha1: '00' }, 'key-field-length', 'sha1'],
  ['an odd last day', { ...rsa, expires: '2024-12' }, 'key-expiry-invalid', 'expires'],
  ['a point off the curve', { ...sm2, publicKey: `8${sm2.publicKey!.slice(1)}` }, 'key-point-invalid', 'publicKey'],
  ['a short point', { ...sm2, publicKey: '00' }, 'key-field-length', 'publicKey'],
])('%s is refused with its code', (_, key, code, field) => {
  expect(errorOf(key)).toMatchObject({ code, field, index: key.index });
});

test('a key may be used to the end of its last day, and never by a date that is none', () => {
  const key = { ...rsa, expires: '2024-12-31' };
  expect(isExpiredKey(key, '2024-12-31')).toBe(false);
  expect(isExpiredKey(key, '2025-01-01')).toBe(true);
  expect(isExpiredKey(key, '')).toBe(true);
  expect(isExpiredKey(rsa, '2999-01-01')).toBe(false);
});
