import { expect, test } from 'vitest';
import { toHex } from '../../../emv/bytes.js';
import { type ExplainedObject, explainCommand } from '../../../emv/explain/index.js';
import { encodeCappRecord, encodeTradeRecord, type TradeLayout, tradeRecordLength } from '../../../emv/values/index.js';

const PARKING = 0x18;
const named = (objects: readonly ExplainedObject[]): ExplainedObject[] =>
  objects.flatMap((object) => [object, ...named(object.children ?? [])]);

/** The fields that are told of a record of the parking file, by name, or its bytes. */
function tradeOf(kind: number, data: Uint8Array) {
  const record = encodeCappRecord({ identifier: 0x3150, valid: true, kind, locked: false, data });
  const command = Uint8Array.of(0x84, 0xde, 0, PARKING << 3, record.length + 4, ...record, 0, 0, 0, 0, 0);
  const trade = named(explainCommand(command)).find(({ tag }) => tag === 'TRADE')!;
  return trade.children?.map(({ name }) => name) ?? trade.value;
}

const filled = (layout: TradeLayout, length = tradeRecordLength(layout)) => {
  const data = new Uint8Array(length);
  data.set(encodeTradeRecord(layout, { startTime: '20151003090000', amount: 3000, state: 1 }));
  return data;
};

test('a record that freezes an amount is told as such, in whatever file it stands (JR/T 0025.14-2013 B.1)', () => {
  expect(tradeOf(2, filled('preAuthorization'))).toContain('Start time');
  expect(tradeOf(1, filled('parking'))).toContain('Entry time');
});

test('one as long as the file’s own layout is not told by that', () => {
  const data = filled('preAuthorization', tradeRecordLength('parking'));
  expect(tradeOf(2, data)).toBe(toHex(data));
});
