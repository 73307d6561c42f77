import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runnerOf } from '../../../src/cli/replay/kinds/index.js';
import { type Vector, vectorFileSchema } from '../../../src/cli/replay/vector.js';

const files = ['tlv-decode', 'tlv-made', 'tlv-malformed', 'tlv-encode-made', 'dol-build', 'dol-made'];

const readVectors = (file: string): Vector[] =>
  vectorFileSchema.parse(
    JSON.parse(readFileSync(new URL(`../../../test-vectors/${file}.json`, import.meta.url), 'utf8')),
  ).vectors;

test.each(files)('every vector of %s.json comes out as written', async (file) => {
  const vectors = readVectors(file);
  expect(vectors.length).toBeGreaterThan(0);
  for (const vector of vectors) {
    const run = await runnerOf(vector.kind);
    expect(await run!(vector.input, vector.expect), `${vector.id} (${vector.title})`).toEqual([]);
  }
});
