import { fieldIssues } from '../field-issues.js';
import { type MemberRecord, memberRecordSchema } from './member-record.js';
import type { MembershipIssue } from './membership-error.js';
import type { RawRecord } from './raw-record.js';

export type CheckedRecord =
  | { readonly record: MemberRecord; readonly issues?: undefined }
  | { readonly issues: readonly MembershipIssue[] };

/** Checks one record of a file. What is said of a field that is wrong never repeats what stood there. */
export function checkRecord(raw: RawRecord): CheckedRecord {
  if ('issue' in raw) return { issues: [raw.issue] };
  const { origin, value, columnOf } = raw;
  const parsed = memberRecordSchema.safeParse(value);
  if (parsed.success) return { record: parsed.data };
  return {
    issues: fieldIssues(value, parsed.error).map(({ path, code, message }) => ({
      ...origin,
      column: columnOf(path),
      code,
      message,
    })),
  };
}
