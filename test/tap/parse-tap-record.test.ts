import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTapRecord, tapRecordJsonSchema } from '../../src/tap/index.js';
import { sampleTap } from './sample-tap.js';

const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(tapRecordJsonSchema());

function issuesOf(value: unknown) {
  const parsed = parseTapRecord(value);
  return parsed.ok ? [] : parsed.issues.map(({ path, code }) => ({ path, code }));
}

test('a good record is accepted, with hex in upper case and nothing else changed', () => {
  const lower = structuredClone(sampleTap);
  lower.evidence.data['9F26'] = 'ab12cd34ef567890';
  lower.evidence.applicationIdentifier = 'a000000333010101';
  expect(parseTapRecord(lower)).toMatchObject({ ok: true, record: sampleTap });
});

test('each kind of mistake has its own code and place', () => {
  const { operator: _, ...withoutOperator } = sampleTap;
  expect(issuesOf(withoutOperator)).toEqual([{ path: '/operator', code: 'missing' }]);
  expect(issuesOf({ ...sampleTap, version: 2 })).toEqual([{ path: '/version', code: 'unknown-value' }]);
  expect(issuesOf({ ...sampleTap, colour: 'red' })).toEqual([{ path: '/colour', code: 'unknown-field' }]);
  expect(issuesOf({ ...sampleTap, sequence: '42' })).toEqual([{ path: '/sequence', code: 'wrong-type' }]);
  expect(issuesOf({ ...sampleTap, sequence: 0 })).toEqual([{ path: '/sequence', code: 'too-small' }]);
  expect(issuesOf({ ...sampleTap, amountFen: 2.5 })).toEqual([{ path: '/amountFen', code: 'wrong-type' }]);
  expect(issuesOf({ ...sampleTap, amountFen: 1e12 })).toEqual([{ path: '/amountFen', code: 'too-large' }]);
  expect(issuesOf({ ...sampleTap, at: '2015-10-03T08:25:00' })).toEqual([{ path: '/at', code: 'wrong-format' }]);
  expect(issuesOf({ ...sampleTap, at: '2015-02-29T08:25:00+08:00' })).toEqual([{ path: '/at', code: 'wrong-format' }]);
  expect(issuesOf({ ...sampleTap, service: 'tram' })).toEqual([{ path: '/service', code: 'unknown-value' }]);
  expect(issuesOf({ ...sampleTap, terminal: 'gate\u0000' })).toEqual([{ path: '/terminal', code: 'wrong-format' }]);
  expect(issuesOf({ ...sampleTap, terminal: '\ud800' })).toEqual([{ path: '/terminal', code: 'wrong-format' }]);
  const evidence = structuredClone(sampleTap.evidence);
  evidence.data['9f02'] = '00';
  evidence.records[0]!.bytes = '7';
  expect(issuesOf({ ...sampleTap, evidence })).toEqual([
    { path: '/evidence/data/9f02', code: 'wrong-format' },
    { path: '/evidence/records/0/bytes', code: 'wrong-format' },
  ]);
  expect(issuesOf(undefined)).toEqual([{ path: '', code: 'missing' }]);
  expect(issuesOf([])).toEqual([{ path: '', code: 'wrong-type' }]);
});

test('no answer repeats a value or a field name that could be a card number', () => {
  const pan = '6228000100001117';
  const evidence = { ...sampleTap.evidence, data: { [pan]: 'x', '5A': `${pan}0` } };
  const wrong = { ...sampleTap, [pan]: pan, operator: [pan], at: pan, service: pan, evidence };
  expect(JSON.stringify(parseTapRecord(wrong))).not.toContain(pan);
});

test('the JSON Schema accepts and refuses what the parser does', () => {
  expect(validate(sampleTap), JSON.stringify(validate.errors)).toBe(true);
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom('', '名', '𠀀'.repeat(64), 'a\n', 'AB', 'ABC', '9F02', '2015-10-03T08:25:00Z', '5A\n'),
  );
  const anything = fc.oneof(
    text,
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.constant(null),
    fc.dictionary(text, text),
  );
  const paths = [
    ...Object.keys(sampleTap).map((key) => [key]),
    ['place', 'line'],
    ['place', 'fareFen'],
    ['place', 'colour'],
    ['evidence', 'applicationIdentifier'],
    ['evidence', 'data'],
    ['evidence', 'data', '9F02'],
    ['evidence', 'records'],
    ['evidence', 'records', '0', 'recordNumber'],
    ['evidence', 'records', '0', 'bytes'],
  ];
  fc.assert(
    fc.property(fc.constantFrom(...paths), anything, (path, value) => {
      const changed = structuredClone(sampleTap) as unknown as Record<string, unknown>;
      const parent = path.slice(0, -1).reduce((node, key) => node[key] as Record<string, unknown>, changed);
      parent[path.at(-1)!] = value;
      expect(validate(JSON.parse(JSON.stringify(changed)))).toBe(parseTapRecord(changed).ok);
    }),
    { numRuns: 2000 },
  );
});
