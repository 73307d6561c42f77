import type { Vector } from '../../vector.js';

/** What is expected of a session, its data by tags in capitals, as kernels name them: vectors may write hex in either case. */
export function withTagsInCapitals(expected: Vector['expect']): Vector['expect'] {
  const { data } = expected;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return expected;
  return { ...expected, data: Object.fromEntries(Object.entries(data).map(([tag, hex]) => [tag.toUpperCase(), hex])) };
}
