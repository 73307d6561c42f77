/** One thing that a schema found wrong, as zod tells it. */
interface SchemaIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** In plain words: `cardholderName is missing`, `applications.0.pan: 16 to 19 digits`; `whole` names the value itself. */
export function issueText(value: unknown, { code, path, message }: SchemaIssue, whole = 'the whole'): string {
  const where = path.map(String).join('.');
  if (code !== 'custom' && path.length > 0 && isMissing(value, path)) return `${where} is missing`;
  return `${where || whole}: ${message}`;
}

/** Whether there is nothing at this path. */
export function isMissing(value: unknown, path: readonly PropertyKey[]): boolean {
  let current = value;
  for (const part of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return true;
    current = (current as Record<PropertyKey, unknown>)[part];
  }
  return current === undefined;
}
