import type { VectorResult } from './run-vectors.js';

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** A line for each thing that came out otherwise: `netFen: expected 320, got 400`. */
export function describeFailure(result: Pick<VectorResult, 'problem' | 'differences'>): string[] {
  const lines = result.differences.map(
    ({ path, expected, actual }) => `${path || 'result'}: expected ${show(expected)}, got ${show(actual)}`,
  );
  return result.problem === undefined ? lines : [result.problem, ...lines];
}
