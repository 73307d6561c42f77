import { z } from 'zod';
import { runnerOf } from './kinds/index.js';
import type { ReadVectorFile } from './read-vector-files.js';
import type { Difference, Vector, VectorFile } from './vector.js';
import { VectorError } from './vector-error.js';

export interface VectorResult {
  readonly path: string;
  readonly suite: string;
  readonly id: string;
  readonly kind: string;
  readonly title?: string | undefined;
  readonly passed: boolean;
  readonly differences: readonly Difference[];
  /** An unknown kind or an exception of the runner: a failure, never a skip. */
  readonly problem?: string;
  readonly durationMs: number;
}

/** Runs every vector in order; `clock` gives milliseconds. */
export async function* runVectors(files: readonly ReadVectorFile[], clock: () => number): AsyncGenerator<VectorResult> {
  for (const { path, file } of files) {
    for (const vector of file.vectors) {
      const start = clock();
      const outcome = await runVector(vector, file);
      yield {
        path,
        suite: file.suite,
        id: vector.id,
        kind: vector.kind,
        title: vector.title,
        passed: outcome.problem === undefined && outcome.differences.length === 0,
        ...outcome,
        durationMs: clock() - start,
      };
    }
  }
}

async function runVector(
  vector: Vector,
  file: VectorFile,
): Promise<{ differences: readonly Difference[]; problem?: string }> {
  const runner = await runnerOf(vector.kind);
  if (!runner) return { differences: [], problem: `unknown kind ${vector.kind}` };
  try {
    return { differences: await runner(vector.input, vector.expect, file) };
  } catch (error) {
    return { differences: [], problem: describeProblem(error) };
  }
}

function describeProblem(error: unknown): string {
  if (error instanceof z.ZodError) {
    const places = error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`);
    return `not as this kind is written: ${places.join('; ')}`;
  }
  if (error instanceof VectorError) return `not as this kind is written: ${error.message}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
