import { describe, expect, it } from 'vitest';
import {
  bitTables,
  fromHex,
  readApplicationInterchangeProfile,
  readCardTransactionQualifiers,
  readTerminalTransactionQualifiers,
  readTerminalVerificationResults,
  readTransactionStatusInformation,
} from '../../../emv/index.js';

const readers: readonly (readonly [string, (bytes: Uint8Array) => object])[] = [
  ['82', readApplicationInterchangeProfile],
  ['9F66', readTerminalTransactionQualifiers],
  ['9F6C', readCardTransactionQualifiers],
  ['95', readTerminalVerificationResults],
  ['9B', readTransactionStatusInformation],
];

describe.each(readers)('the reader of %s', (tag, read) => {
  const table = bitTables.find(
    (candidate) => candidate.tags.includes(tag) && candidate.rows.every((row) => row.name !== undefined),
  )!;
  const length = table.bytes[1]!;

  it('gives every row its name, false for zeros and true for ones', () => {
    const names = table.rows.map((row) => row.name!);
    expect(read(new Uint8Array(length))).toEqual(Object.fromEntries(names.map((name) => [name, false])));
    expect(read(new Uint8Array(length).fill(0xff))).toEqual(Object.fromEntries(names.map((name) => [name, true])));
  });

  it('sets exactly the one whose bit is set', () => {
    for (const row of table.rows) {
      const bytes = new Uint8Array(length);
      bytes[row.byte - 1] = Number.parseInt(row.mask, 16);
      expect(Object.entries(read(bytes)).filter(([, set]) => set)).toEqual([[row.name, true]]);
    }
  });

  it('refuses another length', () => {
    for (const wrong of [0, length - 1, length + 1]) {
      expect(() => read(new Uint8Array(wrong))).toThrow(
        expect.objectContaining({ code: 'value-wrong-length', offset: Math.min(wrong, length), tag }),
      );
    }
  });
});

it('reads the transaction qualifiers of a validator', () => {
  const { qpboc, offlineOnly, onlinePin, fddaVersion01, onlineCryptogramRequired } = readTerminalTransactionQualifiers(
    fromHex('28000080'),
  );
  expect({ qpboc, offlineOnly, onlinePin, fddaVersion01, onlineCryptogramRequired }).toEqual({
    qpboc: true,
    offlineOnly: true,
    onlinePin: false,
    fddaVersion01: true,
    onlineCryptogramRequired: false,
  });
});
