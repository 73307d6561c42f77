import regions from './regions.json';

/** `01-03 21 90`: two digits, or a span of them. */
const numbersIn = (spans: string): string[] =>
  spans.split(' ').flatMap((span) => {
    const [first, last = first] = span.split('-').map(Number) as [number, number?];
    return Array.from({ length: last - first + 1 }, (_, place) => String(first + place).padStart(2, '0'));
  });

const PREFECTURES: ReadonlySet<string> = new Set(
  Object.entries(regions.resident).flatMap(([province, { prefectures }]) =>
    numbersIn(prefectures).map((prefecture) => province + prefecture),
  ),
);

/**
 * Whether the region that an identity number begins with is one by GB/T 2260: province and prefecture, also one that is
 * no more. The county is not judged: numbers were given out with codes that stand in no edition.
 */
export const isRegion = (number: string, where: 'resident' | 'residencePermit'): boolean =>
  where === 'resident'
    ? PREFECTURES.has(number.slice(0, 4))
    : Object.hasOwn(regions.residencePermit, number.slice(0, 2));
