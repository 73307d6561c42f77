/** Sequence numbers from … to, both missing, and all between. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** What is known of a terminal's sequence: from first to last every number came or stands in a gap. */
export interface Sequence {
  readonly first: number;
  readonly last: number;
  /** Those that arrivals may touch, in any order. */
  readonly gaps: readonly Gap[];
}

/**
 * A sequence with numbers that have come, in any order and any number of times: the same for the same set. `undefined`
 * before the first one.
 */
export function followSequence(known: Sequence | undefined, arrived: readonly number[]): Sequence | undefined {
  let sequence = known;
  for (const number of [...new Set(arrived)].sort((one, other) => one - other)) sequence = follow(sequence, number);
  return sequence;
}

function follow(known: Sequence | undefined, number: number): Sequence {
  if (!known) return { first: number, last: number, gaps: [] };
  const { first, last, gaps } = known;
  if (number > last) return { first, last: number, gaps: [...gaps, ...between(last, number)] };
  if (number < first) return { first: number, last, gaps: [...between(number, first), ...gaps] };
  const hit = gaps.find(({ from, to }) => from <= number && number <= to);
  if (!hit) return known;
  const rest = [...between(hit.from - 1, number), ...between(number, hit.to + 1)];
  return { first, last, gaps: gaps.flatMap((gap) => (gap === hit ? rest : [gap])) };
}

const between = (low: number, high: number): Gap[] => (high - low > 1 ? [{ from: low + 1, to: high - 1 }] : []);
