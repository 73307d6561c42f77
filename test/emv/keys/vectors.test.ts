import { expect, test } from 'vitest';
import { runner } from '../../../src/cli/replay/kinds/keys-checksum.js';
import { readVectors } from '../read-vectors.js';

test('every vector of keys-checksum.json comes out as written', async () => {
  const vectors = readVectors('keys-checksum', 'keys.checksum');
  expect(vectors).toHaveLength(35);
  for (const { id, input, expect: expected } of vectors) expect(await runner(input, expected), id).toEqual([]);
});
