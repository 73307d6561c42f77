import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createNameSet, differenceOf, readNameSet, withDifference } from '../../src/lists/name-set.js';
import { namesOf } from './names.js';

const numbers = fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 40 });

it('holds each name once, in order, and knows them and no others', () => {
  fc.assert(
    fc.property(numbers, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (given, other) => {
      const set = createNameSet(namesOf(given));
      const wanted = [...new Set(given)].sort((left, right) => (left < right ? -1 : 1));
      expect(Buffer.from(set.bytes)).toEqual(Buffer.from(namesOf(wanted)));
      for (const number of [...given, other]) {
        const name = { high: Number(number >> 32n), low: Number(number & 0xffffffffn) };
        expect(set.has(name)).toBe(wanted.includes(number));
      }
    }),
  );
});

it('turns into another set by their difference, and into none by that of others', () => {
  fc.assert(
    fc.property(numbers, numbers, (left, right) => {
      const [before, after] = [createNameSet(namesOf(left)), createNameSet(namesOf(right))];
      const difference = differenceOf(before, after);
      expect(withDifference(before, difference)?.bytes).toEqual(after.bytes);
      if (difference.added.size > 0) expect(withDifference(after, difference)).toBeUndefined();
      if (difference.removed.size > 0) expect(withDifference(after, difference)).toBeUndefined();
    }),
  );
});

it.each([
  ['out of order', namesOf([2n, 1n])],
  ['doubled', namesOf([1n, 1n])],
  ['cut', namesOf([1n, 2n]).subarray(0, 15)],
])('takes no names that are %s for a set', (_, bytes) => {
  expect(readNameSet(bytes)).toBeUndefined();
});
