import type { AuditRecordsTable } from '../storage/audit-tables.js';
import type { AuditRecord } from './audit-record.js';

export const toRow = (record: AuditRecord): AuditRecordsTable => ({
  sequence: record.sequence,
  at_ms: Date.parse(record.at),
  actor: record.actor,
  operation: record.operation,
  phase: record.phase,
  request_id: record.requestId,
  parameters: JSON.stringify(record.parameters),
  status: record.status,
  detail: JSON.stringify(record.detail),
  previous_hash: record.previousHash,
  hash: record.hash,
});

export const fromRow = (row: AuditRecordsTable): AuditRecord => ({
  sequence: row.sequence,
  at: new Date(row.at_ms).toISOString(),
  actor: row.actor,
  operation: row.operation,
  phase: row.phase,
  requestId: row.request_id,
  parameters: JSON.parse(row.parameters),
  status: row.status,
  detail: JSON.parse(row.detail),
  previousHash: row.previous_hash,
  hash: row.hash,
});
