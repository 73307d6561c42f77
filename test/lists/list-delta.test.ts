import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyDelta, createNameSet, digestOf, joinDeltas, type ListContent, makeDelta } from '../../src/lists/index.js';
import { namesOf } from './names.js';

const set = fc
  .array(fc.bigInt({ min: 0n, max: 30n }), { maxLength: 12 })
  .map((numbers) => Buffer.from(createNameSet(namesOf(numbers)).bytes).toString('base64'));
const members: fc.Arbitrary<ListContent> = fc.record(
  { added: set, removed: set, filter: fc.integer({ min: 0, max: 2 }), naming: fc.constant('key'), more: fc.boolean() },
  { requiredKeys: ['added', 'removed', 'filter', 'naming'] },
);

const from = { version: 1, contentHash: '' };

it('gives the later content from the earlier one, byte for byte, one by one and joined', () => {
  fc.assert(
    fc.property(fc.array(members, { minLength: 2, maxLength: 6 }), (contents) => {
      const [first, ...later] = contents;
      const deltas = later.map((content, index) => makeDelta('members', from, contents[index]!, content));
      const last = digestOf(contents.at(-1)!).text;
      const applied = deltas.reduce<ListContent>((content, delta) => applyDelta(content, delta)!, first!);
      expect(digestOf(applied).text).toBe(last);
      const joined = deltas.slice(1).reduce((one, next) => joinDeltas(one, next)!, deltas[0]!);
      expect(digestOf(applyDelta(first!, joined)!).text).toBe(last);
    }),
  );
});

it('does not fit another content than its own', () => {
  const content = (numbers: bigint[]) => ({ cards: Buffer.from(namesOf(numbers)).toString('base64') });
  const delta = makeDelta('deny', from, content([1n, 2n]), content([2n, 3n]));
  expect(applyDelta(content([2n]), delta)).toBeUndefined();
  expect(applyDelta(content([1n, 3n]), delta)).toBeUndefined();
  expect(applyDelta({ cards: 'AAAA' }, delta)).toBeUndefined();
  expect(applyDelta({}, delta)).toBeUndefined();
});
