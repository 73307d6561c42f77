import { expect, test } from 'vitest';
import {
  appendCappRecord,
  encodeCommand,
  fromHex,
  getTransProve,
  headerOf,
  readCappData,
  toHex,
  updateCappDataCache,
  withMac,
} from '../../../emv/index.js';

const METRO = 0x15;
const CYCLIC = 0x1e;
const hex = (command: Parameters<typeof encodeCommand>[0]) => toHex(encodeCommand(command));

/** JR/T 0025.14-2013 annex A, tables A.1 to A.10. */
test('the commands of part 14, byte for byte', () => {
  const identifier = fromHex('3150');
  expect(hex(readCappData(METRO, identifier))).toBe('80B400A802315000');
  expect(hex(readCappData(METRO, identifier, { occurrence: 'next' }))).toBe('80B400A902315000');
  expect(hex(readCappData(METRO, identifier, { challenge: fromHex('0102030405060708') }))).toBe(
    '80B400A80A3150010203040506070800',
  );
  const update = updateCappDataCache(METRO, fromHex('315003010100'));
  expect(toHex(headerOf(update))).toBe('84DE00A8');
  expect(hex(withMac(update, fromHex('AABBCCDD')))).toBe('84DE00A80A315003010100AABBCCDD00');
  expect(toHex(headerOf(updateCappDataCache(METRO, identifier, 'next')))).toBe('84DE00A9');
  expect(toHex(headerOf(updateCappDataCache(CYCLIC, identifier)))).toBe('84DE00F0');
  expect(hex(withMac(appendCappRecord(METRO, new Uint8Array(16), identifier), fromHex('AABBCCDD')))).toBe(
    `04E200A816${'00'.repeat(16)}3150AABBCCDD`,
  );
  expect(hex(getTransProve(fromHex('0012')))).toBe('805A000002001208');
});
