import type { TapRecord } from '../../src/tap/index.js';

/** A well-formed tap of a bus ride; a test spreads what it wants to be different over it. */
export const sampleTap: TapRecord = {
  version: 1,
  operator: 'ningbo-bus',
  terminal: 'bus-0815',
  sequence: 42,
  at: '2015-10-03T08:25:00+08:00',
  service: 'bus',
  event: 'single',
  place: { line: '2', region: 'urban' },
  amountFen: 200,
  evidence: {
    applicationIdentifier: 'A000000333010101',
    data: { '9F02': '000000000200', '9F26': 'AB12CD34EF567890' },
    records: [{ shortFileIdentifier: 1, recordNumber: 1, bytes: '700A5A0862280001000011175F' }],
  },
};
