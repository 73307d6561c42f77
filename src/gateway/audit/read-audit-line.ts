import type { AuditRecord } from './audit-record.js';

const FIELDS: readonly (keyof AuditRecord)[] = [
  'sequence',
  'at',
  'actor',
  'operation',
  'phase',
  'requestId',
  'parameters',
  'status',
  'detail',
  'previousHash',
  'hash',
];

/**
 * A record of a log that was written out, or nothing where the line is none. It has these fields and no others: one that
 * is missing would count as empty in its hash, and one too many in none.
 */
export function readAuditLine(line: string): AuditRecord | undefined {
  let value: Partial<AuditRecord> | null;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const isRecord =
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === FIELDS.length &&
    FIELDS.every((field) => Object.hasOwn(value, field)) &&
    isObject(value.parameters) &&
    isObject(value.detail);
  return isRecord ? (value as AuditRecord) : undefined;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
