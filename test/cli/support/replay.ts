import type { ReadVectorFile } from '../../../src/cli/replay/read-vector-files.js';
import { runVectors, type VectorResult } from '../../../src/cli/replay/run-vectors.js';
import type { VectorFile } from '../../../src/cli/replay/vector.js';

/** What becomes of each vector, on a clock that stands still. */
export async function replayFiles(files: readonly ReadVectorFile[]): Promise<VectorResult[]> {
  const results: VectorResult[] = [];
  for await (const result of runVectors(files, () => 0)) results.push(result);
  return results;
}

export const replay = (file: VectorFile): Promise<VectorResult[]> => replayFiles([{ path: 'made', file }]);
