import type { z } from 'zod';
import { isMissing } from '../../emv/schema-issues.js';

/** What is wrong with one field: the codes of a tap record's issues, and those of rules beyond the schema. */
export type FieldIssueCode =
  | 'missing'
  | 'unknown-field'
  | 'wrong-type'
  | 'wrong-format'
  | 'unknown-value'
  | 'too-small'
  | 'too-large'
  | 'check-digit-wrong';

export interface FieldIssue {
  readonly path: readonly PropertyKey[];
  readonly code: FieldIssueCode;
  readonly message: string;
}

const CODES: Readonly<Record<string, FieldIssueCode>> = {
  invalid_type: 'wrong-type',
  invalid_format: 'wrong-format',
  invalid_value: 'unknown-value',
  too_small: 'too-small',
  too_big: 'too-large',
};

/** What a schema found wrong with `value`, as stable codes. Neither codes nor messages repeat what stood there. */
export function fieldIssues(value: unknown, { issues }: z.ZodError): FieldIssue[] {
  return issues.flatMap((issue): FieldIssue[] => {
    const { path } = issue;
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...path, withoutDigits(key)],
        code: 'unknown-field',
        message: 'there is no such field',
      }));
    }
    const safe = path.map(withoutDigits);
    if (isMissing(value, path)) return [{ path: safe, code: 'missing', message: 'this is required' }];
    const own = issue.code === 'custom' ? (issue.params?.code as FieldIssueCode | undefined) : undefined;
    return [{ path: safe, code: own ?? CODES[issue.code] ?? 'wrong-format', message: issue.message }];
  });
}

/** A field name that a stranger chose may itself be a card number: nothing that long is repeated. */
const withoutDigits = (part: PropertyKey): PropertyKey =>
  /\d{8}/.test(String(part)) ? '…' : typeof part === 'number' ? part : String(part).slice(0, 64);

/** The same for an answer over HTTP, each with the JSON pointer of its field; `where` is the part of the request. */
export const pointedIssues = (value: unknown, error: z.ZodError, where = '') =>
  fieldIssues(value, error).map(({ path, code, message }) => ({
    pointer: jsonPointer([...(where ? [where] : []), ...path]),
    code,
    message,
  }));

/** The path as a JSON pointer (RFC 6901). */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
