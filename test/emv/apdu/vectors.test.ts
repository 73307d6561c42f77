import { expect, test } from 'vitest';
import { runner } from '../../../src/cli/replay/kinds/apdu-response.js';
import { readVectors } from '../read-vectors.js';

test('every vector of apdu-made.json comes out as written', async () => {
  const vectors = readVectors('apdu-made', 'apdu.response');
  expect(vectors).toHaveLength(49);
  for (const { id, title, input, expect: expected } of vectors) {
    expect(await runner(input, expected), `${id} (${title})`).toEqual([]);
  }
});
