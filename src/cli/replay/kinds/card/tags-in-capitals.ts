/** A tag, or one with what follows it: `9f36`, `94#len`, `82(DC)`. */
const TAG_KEY = /^(?:[0-9a-f]{2}){1,3}(?=$|[#(])/i;
/** Where a value is the tag itself. */
const NAMES_TAG: ReadonlySet<string> = new Set([
  'tag',
  'absent',
  'fromCard',
  'minusCard',
  'plusCard',
  'equalsGetData',
  'minus',
  'plus',
]);

const capitals = (text: string): string => text.replace(TAG_KEY, (tag) => tag.toUpperCase());

/** What a vector of a card says, with its tags in capitals as the card knows them: vectors may write hex in either case. */
export function tagsInCapitals<Value>(value: Value, under = ''): Value {
  if (typeof value === 'string') return (NAMES_TAG.has(under) ? capitals(value) : value) as Value;
  if (Array.isArray(value)) return value.map((item) => tagsInCapitals(item, under)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [capitals(key), tagsInCapitals(item, key)]),
  ) as Value;
}
