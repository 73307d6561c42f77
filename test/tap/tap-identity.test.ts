import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  canonicalJson,
  canonicalRecord,
  contentHash,
  parseTapRecord,
  type TapRecord,
  tapIdentity,
} from '../../src/tap/index.js';
import { sampleTap } from './sample-tap.js';

const hashOf = (record: TapRecord): string => contentHash(canonicalRecord(record));

test('different identities never share a text', () => {
  expect(tapIdentity(sampleTap)).toBe('ningbo-bus/bus-0815/42');
  const name = fc.stringMatching(/^[ab/%1]{1,3}$/);
  fc.assert(
    fc.property(name, name, fc.nat(12), name, name, fc.nat(12), (o1, t1, s1, o2, t2, s2) => {
      const same = o1 === o2 && t1 === t2 && s1 === s2;
      const left = tapIdentity({ operator: o1, terminal: t1, sequence: s1 });
      expect(left === tapIdentity({ operator: o2, terminal: t2, sequence: s2 })).toBe(same);
    }),
  );
});

// The example of RFC 8785 §3.2.2, without the numbers that JSON.parse itself already rounds.
test('canonical JSON sorts keys by UTF-16 code units and escapes as ECMAScript does', () => {
  const value = {
    '\ufb33': 1,
    '\u20ac': '\u20ac$\u000f\nA\'B"\\"/',
    '\r': [56.0, { b: null, a: true }],
    '\u{1f600}': 1e30,
    '1': 4.5,
  };
  expect(canonicalJson(value)).toBe(
    '{"\\r":[56,{"a":true,"b":null}],"1":4.5,"€":"€$\\u000f\\nA\'B\\"\\\\\\"/","😀":1e+30,"\ufb33":1}',
  );
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError);
});

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, field]) => [key, shuffled(field)]),
  );
}

test('the canonical text of a record is its canonical JSON, whatever its names hold', () => {
  for (const terminal of ['gate "1"', '"evidence":null', '$&', '鼓楼']) {
    const record = { ...sampleTap, terminal };
    expect(canonicalRecord(record)).toBe(canonicalJson(record));
  }
});

test('the content hash does not see the order of keys or the case of hex', () => {
  const other = shuffled(sampleTap) as TapRecord;
  other.evidence.data['9F26'] = 'ab12CD34ef567890';
  other.evidence.records[0]!.bytes = other.evidence.records[0]!.bytes.toLowerCase();
  other.evidence.applicationIdentifier = 'a000000333010101';
  expect(hashOf(other)).toBe(hashOf(sampleTap));
  const parsed = parseTapRecord(other);
  expect(parsed.ok && hashOf(parsed.record)).toBe(hashOf(sampleTap));
  // Computed once with Python's json.dumps(sort_keys=True, separators=(',', ':'), ensure_ascii=False) and hashlib.
  expect(hashOf(sampleTap)).toBe('51d34f15369e5d7329133b3c41d4cb4d4f1ab8ea02e065c7cff38a184231447f');
});

test('the content hash sees every other change', () => {
  const changes: TapRecord[] = [
    { ...sampleTap, sequence: 43 },
    { ...sampleTap, at: '2015-10-03T00:25:00Z' },
    { ...sampleTap, amountFen: 201 },
    { ...sampleTap, place: { line: '2' } },
    { ...sampleTap, event: 'entry' },
    { ...sampleTap, evidence: { ...sampleTap.evidence, records: [] } },
    { ...sampleTap, evidence: { ...sampleTap.evidence, data: { ...sampleTap.evidence.data, '9F02': '000000000201' } } },
  ];
  const hashes = [sampleTap, ...changes].map((record) => hashOf(record));
  expect(new Set(hashes).size).toBe(hashes.length);
});
