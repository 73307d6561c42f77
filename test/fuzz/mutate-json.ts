import type { Random } from './random.js';

const STRANGE: readonly unknown[] = [
  ...[null, true, 0, -1, 0.5, 1e21, Number.MAX_SAFE_INTEGER, '', ' ', 'x', '0', 'A', '00', 'FF', '6F00', '__proto__'],
  ...[[], {}, [[]], [null], { constructor: 1 }, '9999-99-99', '2016-02-30', '0000-00-00', '\u0000', '甬', '𠮷\uD800'],
];

/** One value somewhere in a JSON document is dropped, doubled, replaced or altered; `undefined` where it is none. */
export function mutateJson(input: Uint8Array, random: Random): Uint8Array | undefined {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(input).toString());
  } catch {
    return undefined;
  }
  return Buffer.from(JSON.stringify(alter(document, random)) ?? 'null');
}

function alter(value: unknown, random: Random): unknown {
  const isLeaf = typeof value !== 'object' || value === null || Object.keys(value).length === 0;
  if (isLeaf || random.below(12) === 0) return replace(value, random);
  return Array.isArray(value) ? alterList(value, random) : alterObject(value as Record<string, unknown>, random);
}

function alterList(list: readonly unknown[], random: Random): unknown[] {
  const place = random.below(list.length);
  const item = list[place];
  const kind = random.below(10);
  if (kind === 0) return list.toSpliced(place, 1);
  if (kind === 1) return list.toSpliced(random.below(list.length + 1), 0, item);
  return list.with(place, alter(item, random));
}

function alterObject(object: Readonly<Record<string, unknown>>, random: Random): Record<string, unknown> {
  const entries = Object.entries(object);
  const place = random.below(entries.length);
  const [key, item] = entries[place]!;
  const kind = random.below(14);
  if (kind === 0) return Object.fromEntries(entries.toSpliced(place, 1));
  if (kind === 1) return { ...object, [random.pick(entries)[0]]: item };
  if (kind === 2) return { ...object, [`${key}x`]: item };
  return Object.fromEntries(entries.with(place, [key, alter(item, random)]));
}

function replace(value: unknown, random: Random): unknown {
  if (typeof value === 'number' && random.below(2) === 0) return value + random.pick([1, -1, 0.5, 2 ** 31, -value]);
  if (typeof value === 'string' && random.below(5) > 0) return alterText(value, random);
  return random.pick(STRANGE);
}

/** Hex stays hex more often than not, so that what reads it is reached. */
function alterText(text: string, random: Random): string {
  if (text.length === 0) return random.pick(['00', 'A', '2016-01-05']);
  const place = random.below(text.length);
  const digit = random.pick([...'0123456789ABCDEF']);
  switch (random.below(6)) {
    case 0:
      return text.slice(0, place & ~1);
    case 1:
      return text + text.slice(place & ~1);
    case 2:
      return text.slice(0, place & ~1) + text.slice((place & ~1) + 2);
    case 3:
      return text.slice(0, place) + random.pick(['00', '80', 'FF', '\n', '-', '9']) + text.slice(place);
    default:
      return text.slice(0, place) + digit + text.slice(place + 1);
  }
}
