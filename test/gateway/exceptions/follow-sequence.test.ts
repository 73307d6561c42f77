import fc from 'fast-check';
import { expect, it } from 'vitest';
import { followSequence, type Gap, type Sequence } from '../../../src/gateway/exceptions/follow-sequence.js';

/** The gaps of a set of numbers, the slow way. */
function gapsOf(numbers: readonly number[]): Gap[] {
  const there = new Set(numbers);
  const gaps: Gap[] = [];
  for (let number = Math.min(...numbers); number <= Math.max(...numbers); number++) {
    if (there.has(number)) continue;
    const last = gaps.at(-1);
    if (last && last.to === number - 1) gaps[gaps.length - 1] = { ...last, to: number };
    else gaps.push({ from: number, to: number });
  }
  return gaps;
}

it('finds the gaps of a set of numbers, whatever the order, the grouping and the doubles', () => {
  const numbers = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 7 }), (arrived, together) => {
      let sequence: Sequence | undefined;
      for (let start = 0; start < arrived.length; start += together) {
        sequence = followSequence(sequence, arrived.slice(start, start + together));
      }
      expect(sequence?.first).toBe(Math.min(...arrived));
      expect(sequence?.last).toBe(Math.max(...arrived));
      expect([...sequence!.gaps].sort((one, other) => one.from - other.from)).toEqual(gapsOf(arrived));
    }),
  );
});

it('takes a leap to the largest number in one step', () => {
  expect(followSequence({ first: 1, last: 1, gaps: [] }, [Number.MAX_SAFE_INTEGER])).toEqual({
    first: 1,
    last: Number.MAX_SAFE_INTEGER,
    gaps: [{ from: 2, to: Number.MAX_SAFE_INTEGER - 1 }],
  });
});
