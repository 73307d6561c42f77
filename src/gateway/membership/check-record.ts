import type { z } from 'zod';
import { hasRightCheckDigit } from './check-digit.js';
import { type MemberRecord, memberRecordSchema } from './member-record.js';
import type { MembershipIssue, MembershipIssueCode } from './membership-error.js';
import type { RawRecord } from './raw-record.js';

const CODES: Readonly<Record<string, MembershipIssueCode>> = {
  invalid_type: 'wrong-type',
  invalid_format: 'wrong-format',
  invalid_value: 'unknown-value',
  unrecognized_keys: 'unknown-field',
  too_small: 'too-small',
  too_big: 'too-large',
};

export type CheckedRecord =
  | { readonly record: MemberRecord; readonly issues?: undefined }
  | { readonly issues: readonly MembershipIssue[] };

/** Checks one record of a file. What is said of a field that is wrong never repeats what stood there. */
export function checkRecord(raw: RawRecord): CheckedRecord {
  if ('issue' in raw) return { issues: [raw.issue] };
  const { origin, value, columnOf } = raw;
  const parsed = memberRecordSchema.safeParse(value);
  if (!parsed.success) {
    return {
      issues: parsed.error.issues.map((issue) => {
        const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
        return { ...origin, column: columnOf(path), ...explain(value, issue) };
      }),
    };
  }
  const wrong = (parsed.data.cards ?? []).findIndex(({ pan }) => !hasRightCheckDigit(digitsOf(pan)));
  if (wrong < 0) return { record: parsed.data };
  const message = 'the check digit says that a digit of this card number is wrong';
  return { issues: [{ ...origin, column: columnOf(['cards', wrong, 'pan']), code: 'check-digit-wrong', message }] };
}

/** A card number without the blanks and hyphens that people put between its digits. */
export const digitsOf = (pan: string): string => pan.replace(/[ -]/g, '');

function explain(value: unknown, issue: z.core.$ZodIssue): Pick<MembershipIssue, 'code' | 'message'> {
  if (issue.code === 'unrecognized_keys')
    return { code: 'unknown-field', message: 'a member record has no such field' };
  if (isMissing(value, issue.path)) return { code: 'missing', message: 'this is required' };
  return { code: CODES[issue.code] ?? 'wrong-format', message: issue.message };
}

function isMissing(value: unknown, path: readonly PropertyKey[]): boolean {
  let current = value;
  for (const part of path) current = (current as Record<PropertyKey, unknown> | undefined)?.[part];
  return current === undefined;
}
