import { z } from 'zod';
import { isMissing } from '../../emv/schema-issues.js';
import { type EvidenceBytes, evidenceBytes } from './evidence-bytes.js';
import { readGoodRecord } from './read-good-record.js';
import { type TapRecord, tapRecordSchema } from './tap-record.js';

/** What is wrong with one field. Stable; `message` is for people and may change. */
export type TapIssueCode =
  | 'missing'
  | 'unknown-field'
  | 'wrong-type'
  | 'wrong-format'
  | 'unknown-value'
  | 'too-small'
  | 'too-large';

export interface TapIssue {
  /** JSON pointer (RFC 6901) of the field, empty for the record itself: `/evidence/records/0/bytes`. */
  readonly path: string;
  readonly message: string;
  readonly code: TapIssueCode;
}

export type ParsedTapRecord =
  | { readonly ok: true; readonly record: TapRecord; readonly bytes: EvidenceBytes }
  | { readonly ok: false; readonly issues: readonly TapIssue[] };

const CODES: Readonly<Record<string, TapIssueCode>> = {
  invalid_type: 'wrong-type',
  invalid_format: 'wrong-format',
  invalid_key: 'wrong-format',
  invalid_value: 'unknown-value',
  unrecognized_keys: 'unknown-field',
  too_small: 'too-small',
  too_big: 'too-large',
};

/** A field name that a stranger chose may itself be a card number: nothing longer than a tag is repeated. */
function pointer(path: readonly PropertyKey[]): string {
  return path
    .map((part) => String(part))
    .map((part) => `/${/\d{8}/.test(part) ? '…' : part.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

function toIssues(value: unknown, issue: z.core.$ZodIssue): TapIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pointer([...issue.path, key]),
      message: 'a tap record has no such field',
      code: 'unknown-field',
    }));
  }
  if (isMissing(value, issue.path))
    return [{ path: pointer(issue.path), message: 'this field is required', code: 'missing' }];
  const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return [{ path: pointer(issue.path), message, code: CODES[issue.code] ?? 'wrong-format' }];
}

/**
 * Checks what came from outside against the tap record's schema. Hex comes out in upper case;
 * nothing else is changed. Messages and paths never repeat a value, so no card number can leak through them.
 */
export function parseTapRecord(value: unknown): ParsedTapRecord {
  const good = readGoodRecord(value);
  if (good) return { ok: true, record: good.record, bytes: good.bytes };
  const parsed = tapRecordSchema.safeParse(value);
  if (parsed.success) return { ok: true, record: parsed.data, bytes: evidenceBytes(parsed.data.evidence) };
  return { ok: false, issues: parsed.error.issues.flatMap((issue) => toIssues(value, issue)) };
}

/** Where the gateway serves {@link tapRecordJsonSchema}; also the schema's `$id`. */
export const tapRecordSchemaPath = '/v1/schemas/tap-record.json';

/** The tap record as JSON Schema 2020-12, for other languages and for OpenAPI 3.1. */
export function tapRecordJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(tapRecordSchema, { target: 'draft-2020-12', io: 'input' });
  return { $schema, $id: tapRecordSchemaPath, title: 'Yongtap tap record', ...schema };
}
