import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  concat,
  fromHex,
  odaRefusals,
  toHex,
  verifyCda,
  verifyDda,
  verifyFdda,
  verifySda,
} from '../../../emv/index.js';
import { mintCard } from './mint-card.js';

const fddaValues = {
  '9F66': '28000080',
  '9F37': '12345678',
  '9F02': '000000000200',
  '5F2A': '0156',
  '9F69': '01A1B2C3D4000000',
};
const terminalData = fddaValues['9F37'] + fddaValues['9F02'] + fddaValues['5F2A'] + fddaValues['9F69'];
const good = { ...mintCard({ terminalData, dynamicData: '020ADC', data: fddaValues }), terminalData: undefined };

test('the transaction counter that an fDDA card signed comes out', () => {
  const result = verifyFdda(good);
  expect(result.ok && toHex(result.iccDynamicNumber!)).toBe('0ADC');
});

/** The terminal's wishes (but for the version) are not signed, nor is what only SDA looks at. */
const unsigned = new Set(['9F66', '93']);

test('an fDDA card of which any one byte is altered is refused', () => {
  let tried = 0;
  for (const [tag, value] of good.data) {
    if (unsigned.has(tag)) continue;
    for (let position = 0; position < value.length; position++) {
      for (const mask of [0x01, 0x80, 0xff]) {
        const altered = Uint8Array.from(value);
        altered[position]! ^= mask;
        const data = new Map(good.data).set(tag, altered);
        expect(verifyFdda({ ...good, data }).ok, `${tag} byte ${position + 1}`).toBe(false);
        tried++;
      }
    }
  }
  expect(tried).toBeGreaterThan(1200);
});

test('altered, longer or shorter static data are refused', () => {
  for (let position = 0; position < good.staticData!.length; position++) {
    const altered = Uint8Array.from(good.staticData!);
    altered[position]! ^= 0x10;
    expect(verifyFdda({ ...good, staticData: altered })).toMatchObject({ reason: 'icc-certificate-hash' });
  }
  for (const staticData of [good.staticData!.subarray(1), concat(good.staticData!, Uint8Array.of(0))]) {
    expect(verifyFdda({ ...good, staticData })).toMatchObject({ reason: 'icc-certificate-hash' });
  }
});

test('bits of the terminal qualifiers other than the version change nothing', () => {
  const data = new Map(good.data).set('9F66', fromHex('D7FFFFFF'));
  expect(verifyFdda({ ...good, data }).ok).toBe(true);
});

const value = fc.oneof(
  fc.uint8Array({ maxLength: 4 }),
  fc.uint8Array({ minLength: 100, maxLength: 260 }),
  fc.constantFrom(112, 128, 144).chain((length) => fc.uint8Array({ minLength: length, maxLength: length })),
);
const card = mintCard();
const tags = [...card.data.keys(), '9F66', '9F69', '9F08', '9F02', '5F2A', '9F37'];

const verifyAll = (input: ReturnType<typeof mintCard>) => [
  ...[verifySda, verifyDda, verifyFdda, verifyCda].map((verify) => verify(input)),
  verifyFdda({ ...input, terminalData: undefined }),
];

test('no card data whatever make a verification throw, and none pass by chance', () => {
  const change = fc.array(fc.tuple(fc.constantFrom(...tags), fc.option(value)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(change, value, (changes, staticData) => {
      const data = new Map(card.data);
      for (const [tag, changed] of changes) {
        if (changed === null) data.delete(tag);
        else data.set(tag, changed);
      }
      verifyAll({ ...card, data });
      expect(verifyAll({ ...card, data, staticData }).some(({ ok }) => ok)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('nothing that a genuine key signed makes a verification throw', () => {
  const put = fc.tuple(
    fc.integer({ min: 0, max: 25 }),
    fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => toHex(bytes)),
  );
  const faults = fc.option(
    put.map((bytes) => ({ put: bytes })),
    { nil: {} },
  );
  fc.assert(
    fc.property(faults, faults, faults, faults, (issuer, icc, staticSignature, dynamicSignature) => {
      for (const result of verifyAll(mintCard({ issuer, icc, staticSignature, dynamicSignature }))) {
        if (!result.ok) expect(odaRefusals).toHaveProperty([result.reason]);
      }
    }),
    { numRuns: 150 },
  );
});

test('a date in another form lets nothing pass', () => {
  for (const date of ['', '2016', '20160104', '0000', '2016-1-4', '9999-99']) {
    expect(verifyFdda({ ...good, date })).toMatchObject({ reason: 'issuer-certificate-expired' });
  }
});
