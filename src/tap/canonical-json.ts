/**
 * JSON text that is the same for the same content, whatever the order of keys (RFC 8785): keys sorted by
 * UTF-16 code units, no white space, numbers and strings as ECMAScript writes them. Fields that are
 * `undefined` are left out, as `JSON.stringify` does. Throws TypeError for what JSON cannot say.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = value as Readonly<Record<string, unknown>>;
    const said = Object.keys(fields).filter((key) => fields[key] !== undefined);
    const sorted = said.sort().map((key) => `${JSON.stringify(key)}:${canonicalJson(fields[key])}`);
    return `{${sorted.join(',')}}`;
  }
  const isSayable = value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  if (!isSayable) throw new TypeError(`JSON cannot say a ${typeof value}`);
  return JSON.stringify(value);
}
