import { expect, test } from 'vitest';
import { type FddaVersion, fddaTerminalData, fromHex, staticDataToAuthenticate, toHex } from '../../../emv/index.js';

const record = (shortFileIdentifier: number, recordNumber: number, hex: string) => ({
  shortFileIdentifier,
  recordNumber,
  bytes: fromHex(hex),
});
const entry = (shortFileIdentifier: number, firstRecord: number, lastRecord: number, authenticatedRecords: number) => ({
  shortFileIdentifier,
  firstRecord,
  lastRecord,
  authenticatedRecords,
});
const staticData = (...input: Parameters<typeof staticDataToAuthenticate>) => {
  const bytes = staticDataToAuthenticate(...input);
  return bytes && toHex(bytes);
};

test('records count in the order of the AFL, the first ones of each entry, without template 70 up to file 10', () => {
  const records = [
    record(2, 1, '7003950104'),
    record(1, 1, '7003950101'),
    record(1, 2, '7003950102'),
    record(11, 3, '7003950103'),
  ];
  const entries = [entry(1, 1, 2, 1), entry(11, 3, 3, 1), entry(2, 1, 1, 0)];
  expect(staticData(entries, records)).toBe('9501017003950103');
  expect(staticData([...entries].reverse(), records)).toBe('7003950103950101');
});

test('a length in two bytes is taken off with the template', () => {
  const content = `9F1F7D${'33'.repeat(125)}`;
  expect(staticData([entry(10, 1, 1, 1)], [record(10, 1, `708180${content}`)])).toBe(content);
  expect(staticData([entry(11, 1, 1, 1)], [record(11, 1, `708180${content}`)])).toBe(`708180${content}`);
});

test('without authenticated records there are no static data, which is not a failure', () => {
  expect(staticData([], [])).toBe('');
  expect(staticData([entry(1, 1, 1, 0)], [])).toBe('');
});

test.each([
  ['was not read', ''],
  ['is no template 70', '7703950101'],
  ['is empty', ' '],
  ['is cut', '70039501'],
  ['has something behind it', '700395010100'],
  ['has something before it', '007003950101'],
  ['is two templates', '70039501017003950101'],
])('a signed record that %s fails, whatever its file', (_, hex) => {
  for (const file of [1, 20]) {
    const records = hex === '' ? [] : [record(file, 1, hex.trim())];
    expect(staticData([entry(file, 1, 1, 1)], records)).toBeUndefined();
  }
});

test('a record is a view on a larger buffer without harm', () => {
  const buffer = fromHex('FFFF7003950101FFFF');
  const records = [{ shortFileIdentifier: 1, recordNumber: 1, bytes: buffer.subarray(2, 7) }];
  expect(staticData([entry(1, 1, 1, 1)], records)).toBe('950101');
});

const values: Readonly<Record<string, string>> = {
  '9F37': '12345678',
  '9F02': '000000000200',
  '5F2A': '0156',
  '9F69': '01A1B2C3D4000000',
};
const terminalData = (version: FddaVersion, changes: Readonly<Record<string, string>> = {}) => {
  const all = Object.entries({ ...values, ...changes }).filter(([, value]) => value !== '');
  const bytes = fddaTerminalData(version, new Map(all.map(([tag, value]) => [tag, fromHex(value)])));
  return bytes && toHex(bytes);
};

test('fDDA signs the unpredictable number, in version 01 amount, currency and card authentication data too', () => {
  expect(terminalData('00')).toBe('12345678');
  expect(terminalData('01')).toBe('12345678000000000200015601A1B2C3D4000000');
});

test('card authentication data count as they were returned, 8 to 16 bytes', () => {
  expect(terminalData('01', { '9F69': `01${'AB'.repeat(15)}` })).toBe(`12345678000000000200015601${'AB'.repeat(15)}`);
  expect(terminalData('01', { '9F69': `01${'AB'.repeat(16)}` })).toBeUndefined();
  expect(terminalData('01', { '9F69': '01A1B2C3D40000' })).toBeUndefined();
});

test.each(['9F37', '9F02', '5F2A', '9F69'])('version 01 needs %s whole', (tag) => {
  expect(terminalData('01', { [tag]: '' })).toBeUndefined();
  expect(terminalData('01', { [tag]: values[tag]!.slice(2) })).toBeUndefined();
});
