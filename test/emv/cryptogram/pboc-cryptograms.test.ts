import { expect, test } from 'vitest';
import {
  applicationCryptogram,
  applicationCryptogramData,
  CryptogramError,
  deriveCardKey,
  deriveSessionKey,
  fromHex,
  issuerDiscretionaryDataMac,
  messageAuthenticationCode,
  retailMac,
  scriptMac,
  toHex,
} from '../../../emv/index.js';

const suiteMacKey = fromHex('7E4FB244A76D4DC23F773F939DB4D299');

const transaction = (issuerApplicationData: string, changes: Record<string, string> = {}): Map<string, Uint8Array> =>
  new Map(
    Object.entries({
      '9F02': '000000000001',
      '9F03': '000000000000',
      '9F1A': '0156',
      '95': '0080046000',
      '5F2A': '0156',
      '9A': '140701',
      '9C': '00',
      '9F37': '1E78EEBC',
      '82': '7D00',
      '9F36': '0240',
      '9F10': issuerApplicationData,
      ...changes,
    }).map(([tag, value]) => [tag, fromHex(value)]),
  );

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof CryptogramError) return `${error.code} ${error.field}`;
    throw error;
  }
  return 'none';
};

test('a published PBOC calculation comes out from the PAN to the cryptogram', () => {
  const masterKey = fromHex('F0C34A8124CEE0A91A0B034AA97D6EAC');
  const card = deriveCardKey({ method: 'option-a', algorithm: '3des', masterKey, pan: '6228000100001', psn: '01' });
  const key = deriveSessionKey({ method: 'pboc', algorithm: '3des', key: card, atc: fromHex('0240') });
  const data = applicationCryptogramData('01', transaction('07010103A0400201'));
  expect(toHex(applicationCryptogram({ algorithm: '3des', key, data }))).toBe('5D016C91005E7CC2');
});

test('version 17 signs amount, unpredictable number, counter and one byte of the results', () => {
  expect(toHex(applicationCryptogramData('17', transaction('070117039000000001')))).toBe('0000000000011E78EEBC024090');
});

test('a transaction that lacks a signed value has no cryptogram, and the error names the tag', () => {
  const without = transaction('07010103A0400201');
  without.delete('9A');
  expect(codeOf(() => applicationCryptogramData('01', without))).toBe('data-missing 9A');
  expect(codeOf(() => applicationCryptogramData('01', transaction('0701')))).toBe('data-length 9F10');
  expect(codeOf(() => applicationCryptogramData('01', transaction('07010103A0400201', { '9F36': '00' })))).toBe(
    'data-length 9F36',
  );
});

test('the MAC of purse values in 9F10 pads even a full block', () => {
  const mac = (key: Uint8Array, ...values: string[]) =>
    toHex(
      issuerDiscretionaryDataMac({
        algorithm: '3des',
        key,
        atc: fromHex('0001'),
        values: values.map((v) => fromHex(v)),
      }),
    );
  expect(mac(suiteMacKey, '0000010000')).toBe('91405378');
  expect(mac(suiteMacKey, '0000003000')).toBe('C4DE63B6');
  const two = fromHex(`0001000010000000000030000000000080${'00'.repeat(7)}`);
  expect(mac(suiteMacKey, '0000100000', '0000003000')).toBe(toHex(retailMac(suiteMacKey, two)).slice(0, 8));
  expect(codeOf(() => mac(suiteMacKey))).toBe('data-length values');
  expect(codeOf(() => mac(suiteMacKey, '00'))).toBe('data-length values');
});

test('the MAC of purse values under SM4', () => {
  const key = fromHex('2B0F3345A4359B588E7E9DF6FD6B0C1A');
  const values = [fromHex('0000003000')];
  expect(toHex(issuerDiscretionaryDataMac({ algorithm: 'sm4', key, atc: fromHex('0001'), values }))).toBe('D53E2D20');
});

test('the MAC of a script counts itself in Lc', () => {
  const common = { atc: fromHex('0001'), applicationCryptogram: fromHex('0BE8B0CC2C19D0F1') };
  const block = { header: fromHex('841E0000'), data: new Uint8Array(0) };
  expect(toHex(scriptMac({ algorithm: '3des', key: suiteMacKey, ...block, ...common }))).toBe('D58B8CFD');
  const load = { header: fromHex('04DA9F79'), data: fromHex('000000010000') };
  const key = fromHex('2B0F3345A4359B588E7E9DF6FD6B0C1A');
  expect(toHex(scriptMac({ algorithm: 'sm4', key, ...load, ...common }))).toBe('B0E9D4B0');
});

test.each<[string, () => unknown, string]>([
  [
    'a short key',
    () => messageAuthenticationCode({ algorithm: '3des', key: new Uint8Array(8), data: suiteMacKey }),
    'key-length key',
  ],
  [
    'an empty PAN',
    () => deriveCardKey({ method: 'option-a', algorithm: '3des', masterKey: suiteMacKey, pan: '' }),
    'pan-not-digits pan',
  ],
  [
    'a PAN in hex',
    () => deriveCardKey({ method: 'option-a', algorithm: '3des', masterKey: suiteMacKey, pan: '62F' }),
    'pan-not-digits pan',
  ],
  [
    'a short master key',
    () => deriveCardKey({ method: 'option-a', algorithm: 'sm4', masterKey: new Uint8Array(0), pan: '62' }),
    'key-length key',
  ],
  [
    'a short counter',
    () => deriveSessionKey({ method: 'pboc', algorithm: '3des', key: suiteMacKey, atc: new Uint8Array(1) }),
    'data-length atc',
  ],
  [
    'a number that is missing',
    () => deriveSessionKey({ method: 'mastercard', algorithm: '3des', key: suiteMacKey, atc: new Uint8Array(2) }),
    'data-missing unpredictableNumber',
  ],
  [
    'a method that SM4 lacks',
    () => deriveSessionKey({ method: 'visa', algorithm: 'sm4', key: suiteMacKey, atc: new Uint8Array(2) }),
    'method-unknown method',
  ],
])('%s is told by its code', (_, run, code) => {
  expect(codeOf(run)).toBe(code);
});
