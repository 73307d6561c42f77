import { expect, test } from 'vitest';
import { tailOf } from '../../../src/cli/fleet/ride/item.js';
import type { TapRecord } from '../../../src/tap/index.js';
import { sampleTap } from '../../tap/sample-tap.js';

const others: TapRecord[] = [
  sampleTap,
  { ...sampleTap, place: { line: '1', station: '鼓楼"\\' } },
  { ...sampleTap, place: {}, evidence: { applicationIdentifier: '', data: {}, records: [] } },
  {
    ...sampleTap,
    evidence: {
      ...sampleTap.evidence,
      data: { '9F02': '000000000200', '95': '0000000000', '57': '6228D', '5A': '6228' },
      records: [...sampleTap.evidence.records, { shortFileIdentifier: 30, recordNumber: 255, bytes: '7000' }],
    },
  },
];

test.each(others)('what stands behind the sequence number is what JSON.stringify would write', (record) => {
  const { version: _v, operator: _o, terminal: _t, sequence: _s, ...rest } = record;
  expect(tailOf(record)).toBe(`,${JSON.stringify(rest).slice(1)}`);
});
