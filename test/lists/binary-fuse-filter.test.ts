import { expect, it } from 'vitest';
import { createBinaryFuseFilter, FALSE_POSITIVE_RATE, mayHave } from '../../src/lists/index.js';
import { randomNames } from './names.js';

it.each([0, 1, 2, 3, 7, 100, 1000, 20_000])('knows every one of %i names', (size) => {
  const names = randomNames(size);
  const filter = createBinaryFuseFilter(names);
  for (let index = 0; index < names.size; index++) expect(mayHave(filter, names.at(index))).toBe(true);
});

it('is the same for the same names', () => {
  const names = randomNames(5000);
  expect(createBinaryFuseFilter(names)).toEqual(createBinaryFuseFilter(names));
});

it('takes other names for known ones as often as it says, within five standard deviations', () => {
  const filter = createBinaryFuseFilter(randomNames(50_000));
  const others = randomNames(400_000);
  let wrong = 0;
  for (let index = 0; index < others.size; index++) if (mayHave(filter, others.at(index))) wrong++;
  const expected = others.size * FALSE_POSITIVE_RATE;
  expect(Math.abs(wrong - expected)).toBeLessThan(5 * Math.sqrt(expected));
});

it('needs some nine bits a name, and a million names some seconds', () => {
  const names = randomNames(1_000_000);
  const begin = performance.now();
  const { fingerprints } = createBinaryFuseFilter(names);
  expect((8 * fingerprints.length) / names.size).toBeLessThan(9.3);
  expect(performance.now() - begin).toBeLessThan(10_000);
});
