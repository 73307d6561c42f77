import { expect, test } from 'vitest';
import { runner } from '../../../src/cli/replay/kinds/price.js';
import { readVectors } from '../../emv/read-vectors.js';

test.each([['price', 10]])('every vector of %s.json comes out as written', async (file, count) => {
  const vectors = readVectors(file, 'price');
  expect(vectors).toHaveLength(count);
  for (const { id, title, input, expect: expected } of vectors) {
    expect(await runner(input, expected), `${id} (${title})`).toEqual([]);
  }
});
