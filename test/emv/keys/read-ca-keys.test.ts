import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CaKeyFormat,
  createCertificationAuthorityKeyStore,
  fromAscii,
  fromHex,
  readCaKeys,
  toHex,
  wellKnownKeys,
} from '../../../emv/index.js';
import { readDate } from '../../../emv/keys/formats/read-date.js';

const key = wellKnownKeys({ rid: 'A000000333', use: 'test' }).find(({ index }) => index === '08')!;
const { modulus, sha1 } = key as Required<typeof key>;
const colons = (hex: string) => hex.match(/../g)!.join(':').toLowerCase();
const tlv = (expiry: string, checksum = `14${sha1}`) =>
  `9F0605A0000003339F220108${expiry}DF060101DF070101DF028190${modulus}DF040103DF03${checksum}`;

const bytes = (text: string) => new TextEncoder().encode(text);
const sm2Point =
  '37710FEB7CC3617767874E85509C268E8F931D68773E93A89F39A4247DFE2D28' +
  '0FC5BC838353885B6DAD447C8F90116BD9D314047591989F67F319544D42A48B';
const sm2Signature =
  'DBDA8F27CF839323920DF931DC51943AE26A376F7EB2529F7233230B63CE15AB' +
  'A76C1E508DA4A98675A2B522D2722BDF5CD93953973F241F568B282BB66CECDD';
/** UnionPay's SM2 test root, index 18, as its operator hands it out. */
const authority = `3101010000A000000333181230041140${sm2Point}${sm2Signature}`;
const authorityObjects = `DF350131DF3604010100009F0605A0000003339F220118DF37021230DF070104DF380111DF0240${sm2Point}DF3940${sm2Signature}DF280107`;

const forms: readonly (readonly [string, CaKeyFormat, string])[] = [
  ['our own JSON', 'json', JSON.stringify([{ ...key, expires: '2024-12-31' }])],
  [
    'JSON of a payment SDK',
    'json',
    JSON.stringify({
      capks: [
        {
          RID: 'A000000333',
          PublicKeyIndex: '08',
          publicKeyModulus: modulus,
          publicKeyExponent: '03',
          'Expiry-Date': '20241231',
          CheckSum: sha1,
        },
      ],
    }),
  ],
  [
    'JSON with the index under its RID',
    'json',
    JSON.stringify({
      rid: 'A000000333',
      keys: { one: { pk_index: '08', modul: modulus, exp: '03', expDate: '241231', hash: sha1 } },
    }),
  ],
  ['JSON of parameter objects', 'json', JSON.stringify({ rids: { A00000033308: tlv('DF050420241231') } })],
  [
    'XML of a terminal maker',
    'xml',
    `<?xml version="1.0"?><List><CAPK><ExtensionData /><Algorithm>01</Algorithm><CheckSum>${sha1}</CheckSum><ExpiryDate>12312024</ExpiryDate><Exponent>03</Exponent><Modulus>${modulus}</Modulus><PKIndex>08</PKIndex><RID>A000000333</RID></CAPK></List>`,
  ],
  [
    'XML with attributes',
    'xml',
    `<keys><!-- UnionPay --><scheme rid='A000000333'><key index="08" exponent="03" modulus="${modulus}" expires="2024-12-31" checksum="${sha1}"/></scheme></keys>`,
  ],
  ['parameter objects, day in BCD', 'tlv', tlv('DF050420241231')],
  ['parameter objects, day in ASCII', 'tlv', tlv('DF05083230323431323331').toLowerCase()],
  [
    'CSV under a header',
    'table',
    `Index;RID;Exponent;Modulus;Expiry;Checksum\n08;A000000333;03;${modulus};31/12/2024;${sha1}\n`,
  ],
  ['CSV as EMVCo lists have it', 'table', `# keys\nA000000333,08,${modulus},03,2024-12-31,${sha1}\n`],
  [
    'columns with colons',
    'table',
    `${colons('A000000333')} 08 241231 rsa 03 ${colons(modulus)} sha1 ${colons(sha1)}\n`,
  ],
];

test.each(forms)('%s', (_, format, text) => {
  const file = readCaKeys(bytes(text));
  expect(file).toMatchObject({ format, faults: [], revocations: [] });
  const [read] = file.keys;
  expect(read?.key).toMatchObject({
    rid: 'A000000333',
    index: '08',
    modulus,
    exponent: '03',
    sha1,
    expires: '2024-12-31',
  });
  expect(createCertificationAuthorityKeyStore([read!.key]).all()).toHaveLength(1);
});

test.each([
  ['hex', bytes(authority)],
  ['bytes', fromHex(authority)],
  ['parameter objects', bytes(authorityObjects)],
])('an SM2 key as its authority hands it out, in %s, with its own signature', (_, file) => {
  const { keys, faults } = readCaKeys(file);
  expect(faults).toEqual([]);
  expect(keys[0]).toMatchObject({
    key: { rid: 'A000000333', index: '18', algorithm: 'sm2', publicKey: sm2Point, expires: '2030-12-31' },
    notes: ['self-signature-good'],
  });
});

test('an SM2 key that another field was put into did not sign itself', () => {
  for (let position = 1; position < 80; position += 7) {
    const changed = fromHex(authority);
    changed[position]! ^= 0x01;
    expect(readCaKeys(changed).faults).toMatchObject([{ code: 'key-self-signature-wrong' }]);
  }
});

test('an SM2 key in parameter objects bears the SM3 over RID, index and point', () => {
  const text = `9F0605A0000003339F220118DF050420301231DF060107DF070104DF0240${sm2Point}DF0320`;
  const { sm3 } = createCertificationAuthorityKeyStore(
    readCaKeys(bytes(authority)).keys.map((one) => one.key),
  ).all()[0]!;
  const [good] = readCaKeys(bytes(text + sm3!)).keys;
  expect(createCertificationAuthorityKeyStore([good!.key]).all()[0]).toMatchObject({
    algorithm: 'sm2',
    publicKey: sm2Point,
  });
  const [bad] = readCaKeys(bytes(text + '11'.repeat(32))).keys;
  expect(() => createCertificationAuthorityKeyStore([bad!.key])).toThrow(/checksum/);
});

test('several keys in one text of objects, and in lines of objects', () => {
  expect(
    readCaKeys(bytes(tlv('DF050420241231') + tlv('DF050400000000'))).keys.map(({ key: one }) => one.expires),
  ).toEqual(['2024-12-31', undefined]);
  expect(readCaKeys(bytes(`# two\n${tlv('DF050420241231')}\n${tlv('DF050400000000')}\n`)).keys).toHaveLength(2);
});

test('a check value of zeros, or of another length, is none; that is told', () => {
  expect(readCaKeys(bytes(tlv('DF050420401231', `13${'00'.repeat(19)}`))).keys[0]).toMatchObject({
    notes: ['no-checksum'],
  });
  for (const checksum of ['0411223344', `20${'11'.repeat(32)}`]) {
    expect(readCaKeys(bytes(tlv('DF050420401231', checksum))).keys[0]).toMatchObject({ notes: ['checksum-not-one'] });
  }
  expect(readCaKeys(bytes(tlv('DF050420400630'))).keys[0]).toMatchObject({ notes: ['expiry-not-31-december'] });
});

test('revoked certificates: RID, index and serial number, in lines and in JSON', () => {
  const expected = ['A000000333C1000001', 'A000000333C1ABCDEF'];
  const json = JSON.stringify([
    { rid: 'A000000333', index: 'C1', serial: '000001' },
    { rid: 'A000000333', index: 'C1', serialNumber: 'ABCDEF' },
  ]);
  for (const text of [
    'A000000333,C1,000001\nA000000333 C1 abcdef',
    'rid,index,serial\nA000000333,C1,000001\nA000000333,C1,ABCDEF',
    json,
  ]) {
    const { revocations, keys, faults } = readCaKeys(bytes(text));
    expect(revocations.map(({ certificate }) => certificate)).toEqual(expected);
    expect([...keys, ...faults]).toEqual([]);
  }
});

test.each([
  ['no exponent', `A000000333,08,${modulus}`, 'key-field-missing', 'line 1'],
  [
    'a digit that is none',
    `rid,index,modulus,exponent\nA000000333,08,${modulus.slice(1)}G,03`,
    'key-field-not-hex',
    'line 2',
  ],
  ['a last day that is none', `A000000333,08,${modulus},03,2024-13-31`, 'key-expiry-invalid', 'line 1'],
  ['prose', 'hello, world', 'key-entry-unreadable', 'line 1'],
  ['objects cut off', tlv('DF050420241231').slice(0, 100), 'key-entry-unreadable', 'file'],
  ['JSON cut off', '[{"rid":', 'key-entry-unreadable', 'file'],
])('%s is told with its place', (_, text, code, place) => {
  expect(readCaKeys(bytes(text))).toMatchObject({ keys: [], faults: [{ code, place }] });
});

test.each([
  ['2024-12-31', '2024-12-31'],
  ['20241231', '2024-12-31'],
  ['12312024', '2024-12-31'],
  ['31.12.2024', '2024-12-31'],
  ['241231', '2024-12-31'],
  ['0230', '2030-02-28'],
  ['0228', '2028-02-29'],
  ['00000000', undefined],
  ['', undefined],
  ['20240230', null],
  ['soon', null],
])('the last day "%s" is %s', (text, expected) => {
  expect(readDate(text)).toBe(expected);
});

test('nothing that a file can hold throws', () => {
  const seeds = forms.map(([, , text]) => text).concat(authority, authorityObjects);
  const mutated = fc
    .tuple(fc.constantFrom(...seeds), fc.nat(), fc.string({ maxLength: 6 }), fc.nat({ max: 40 }))
    .map(([text, at, piece, cut]) => text.slice(0, at % text.length) + piece + text.slice((at % text.length) + cut));
  fc.assert(
    fc.property(fc.oneof(mutated.map(bytes), fc.uint8Array({ maxLength: 200 }), fc.json().map(fromJson)), (file) => {
      const { keys, revocations } = readCaKeys(file);
      for (const { key: one } of keys) expect(one.rid.length).toBeLessThanOrEqual(10);
      for (const { certificate } of revocations) expect(certificate).toMatch(/^[0-9A-F]{18}$/);
    }),
    { numRuns: 500 },
  );
});

const fromJson = (text: string): Uint8Array => (/^[ -~]*$/.test(text) ? fromAscii(text) : bytes(text));

test('every published key comes back from each form', () => {
  const all = createCertificationAuthorityKeyStore(wellKnownKeys()).all();
  const lines = all.map((one) =>
    [one.rid, one.index, one.algorithm, one.modulus ?? one.publicKey, one.exponent ?? '', one.sha1 ?? one.sm3].join(
      ',',
    ),
  );
  const file = readCaKeys(bytes(lines.join('\n')));
  expect(file.faults).toEqual([]);
  expect(file.keys.map(({ key: one }) => one.modulus ?? one.publicKey)).toEqual(
    all.map((one) => one.modulus ?? one.publicKey),
  );
  expect(toHex(fromHex(file.keys[0]!.key.sha1!))).toBe(all[0]!.sha1);
});
