import { readFileSync } from 'node:fs';
import { type Vector, vectorFileSchema } from '../../src/cli/replay/vector.js';

/** The vectors of a kind in a file of `test-vectors/`. */
export function readVectors(file: string, kind: string): Vector[] {
  const text = readFileSync(new URL(`../../test-vectors/${file}.json`, import.meta.url), 'utf8');
  return vectorFileSchema.parse(JSON.parse(text)).vectors.filter((vector) => vector.kind === kind);
}
