import type { Difference } from './vector.js';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sameText = (expected: unknown, actual: unknown): boolean =>
  typeof expected === 'string' && typeof actual === 'string' && isHex(expected) && isHex(actual)
    ? expected.toUpperCase() === actual.toUpperCase()
    : Object.is(expected, actual);

const isHex = (text: string): boolean => text.length % 2 === 0 && /^[0-9A-Fa-f]*$/.test(text);

/**
 * Holds what came against what a vector names. Objects: only the named fields count. Lists: same length, item by item.
 * Hex compares without regard to case.
 */
export function compare(expected: unknown, actual: unknown, path = ''): Difference[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return [{ path, expected, actual }];
    return expected.flatMap((item, index) => compare(item, actual[index], `${path}[${index}]`));
  }
  if (isRecord(expected)) {
    if (!isRecord(actual)) return [{ path, expected, actual }];
    return Object.entries(expected).flatMap(([key, value]) =>
      compare(value, actual[key], path ? `${path}.${key}` : key),
    );
  }
  return sameText(expected, actual) ? [] : [{ path, expected, actual }];
}
