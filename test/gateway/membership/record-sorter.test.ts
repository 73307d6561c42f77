import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openRecordSorter } from '../../../src/gateway/storage/index.js';

it('gives back all records by key, those of one key together and in their order', () => {
  const keys = fc.array(fc.constantFrom('a', 'b', 'c', '王', 'NB-1', ''), { maxLength: 250 });
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 40 }), (put, atLeast) => {
      const sorter = openRecordSorter();
      for (const [index, key] of put.entries()) sorter.put(key, String(index));
      const lots = [...sorter.lots(atLeast)];
      const found = lots.flat().map(({ key, text }) => [key, Number(text)] as const);
      const expected = [...put.entries()].sort(
        ([one, a], [other, b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)) || one - other,
      );
      expect(found).toEqual(expected.map(([index, key]) => [key, index]));
      const firsts = lots.map((lot) => lot[0]!.key);
      expect(new Set(firsts).size).toBe(firsts.length);
      for (const lot of lots.slice(0, -1)) expect(lot.length).toBeGreaterThan(0);
      expect([...sorter.lots(atLeast)].flat()).toHaveLength(put.length);
      sorter.close();
    }),
    { numRuns: 40 },
  );
});
