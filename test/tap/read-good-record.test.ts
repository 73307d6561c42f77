import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readGoodRecord, type TapRecord, tapRecordSchema } from '../../src/tap/index.js';
import { sampleTap } from './sample-tap.js';

const wholeTap: TapRecord = {
  ...sampleTap,
  place: {
    waitingS: 60,
    merchant: '书店',
    line: '2',
    distanceM: 0,
    dock: '7',
    fareFen: 200,
    zone: '1',
    stop: 's',
    station: 't',
    region: 'urban',
  },
};

/** Values on both sides of every limit, and of every kind. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, [], {}, '', 'A', 'ab', 'AB', 'ABC', 'AB\n', '\ud800', '名', 'x'.repeat(65)),
  fc.constantFrom<unknown>(0, -0, 1, 30, 31, 255, 256, 1.5, 100_000_00, 100_000_01, 1e6 + 1, 1e7 + 1, 1e8, 1e8 + 1),
  fc.constantFrom<unknown>(
    2 ** 53 - 1,
    2 ** 53,
    Number.POSITIVE_INFINITY,
    'metro',
    'exit',
    '2015-02-29T08:25:00+08:00',
    '2015-10-03T08:25',
  ),
  fc.constantFrom<unknown>(
    '2015-10-03T08:25:00.123Z',
    '2015-10-03T08:25:00Z\n',
    'AB'.repeat(65_536),
    Array(65).fill({}),
  ),
  fc.string({ unit: 'binary', maxLength: 70 }),
);

/** Every place in a record, as the keys that lead to it. */
function placesIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => [[key], ...placesIn(field).map((path) => [key, ...path])]);
}

function change(record: unknown, path: readonly string[], edit: (owner: Record<string, unknown>, key: string) => void) {
  const changed = structuredClone(record);
  let owner = changed as Record<string, unknown>;
  for (const key of path.slice(0, -1)) owner = owner[key] as Record<string, unknown>;
  edit(owner, path.at(-1)!);
  return changed;
}

const changed = fc
  .tuple(fc.constantFrom(sampleTap, wholeTap), fc.nat(), odd, fc.constantFrom('set', 'remove', 'add', 'none'))
  .map(([record, at, value, how]) => {
    const places = placesIn(record);
    return change(record, places[at % places.length]!, (owner, key) => {
      if (how === 'set') owner[key] = value;
      else if (how === 'remove') delete owner[key];
      else if (how === 'add') owner[typeof value === 'string' ? value : 'more'] = value;
    });
  });

test('a record that is read at once is one that the schema takes, and says the same in the same order', () => {
  fc.assert(
    fc.property(changed, (value) => {
      const good = readGoodRecord(value);
      const judged = tapRecordSchema.safeParse(value);
      if (good === undefined) return;
      expect(judged.success).toBe(true);
      expect(JSON.stringify(good.record)).toBe(JSON.stringify(judged.data));
    }),
    { numRuns: 3000 },
  );
});

test('what terminals write is read at once', () => {
  for (const record of [sampleTap, wholeTap])
    expect(readGoodRecord(JSON.parse(JSON.stringify(record)))?.record).toEqual(record);
  expect(Object.keys(readGoodRecord(wholeTap)!.record.place)).toEqual(
    Object.keys(tapRecordSchema.parse(wholeTap).place),
  );
});

test('what is wrong, or strange, is left to the schema', () => {
  const inherited = Object.assign(Object.create({ colour: 'red' }), sampleTap);
  const hidden = JSON.parse(`{"__proto__":1,${JSON.stringify(sampleTap).slice(1)}`);
  for (const value of [undefined, null, 1, [], inherited, hidden]) expect(readGoodRecord(value)).toBeUndefined();
});
