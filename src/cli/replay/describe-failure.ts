import type { VectorResult } from './run-vectors.js';
import type { Difference } from './vector.js';

const VALUE_SHOWN_MAX = 120;
const SHOWN_BEFORE = 20;

/** Each thing that came out otherwise: `netFen: expected 320, got 400`. */
export function describeFailure(result: Pick<VectorResult, 'problem' | 'differences'>): string[] {
  const differences = result.differences.map(describeDifference);
  return result.problem === undefined ? differences : [result.problem, ...differences];
}

function describeDifference({ path, expected, actual }: Difference): string {
  const [wanted, came] = [show(expected), show(actual)];
  const from = firstDifference(wanted, came) - SHOWN_BEFORE;
  return `${path || 'result'}: expected ${excerpt(wanted, from)}, got ${excerpt(came, from)}`;
}

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

function firstDifference(one: string, other: string): number {
  let index = 0;
  while (index < one.length && one[index] === other[index]) index++;
  return index;
}

/** Long values are shown from just before the place at which they part. */
function excerpt(text: string, from: number): string {
  if (text.length <= VALUE_SHOWN_MAX) return text;
  const start = Math.max(0, from);
  const end = start + VALUE_SHOWN_MAX;
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
}
