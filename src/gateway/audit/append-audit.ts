import { sql, type Transaction } from 'kysely';
import type { Tables } from '../storage/index.js';
import { type AuditEntry, type AuditRecord, FIRST_PREVIOUS_HASH, hashOfRecord, sorted } from './audit-record.js';
import { toRow } from './audit-row.js';

export const HEAD_NAME = 'audit';

/**
 * Adds an entry to the end of the chain, with whatever else the transaction changes. The head's row is held until the
 * transaction ends, so that processes add one after another: let it be the last statement.
 *
 * @example
 * await appendAudit(transaction, { at: clock(), actor: 'command-line', operation: 'importMembers', phase: 'done' });
 */
export async function appendAudit(transaction: Transaction<Tables>, entry: AuditEntry): Promise<AuditRecord> {
  const { sequence, hash: previousHash } = await transaction
    .insertInto('audit_head')
    .values({ name: HEAD_NAME, sequence: 1, hash: FIRST_PREVIOUS_HASH })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ sequence: sql<number>`audit_head.sequence + 1` }))
    .returning(['sequence', 'hash'])
    .executeTakeFirstOrThrow();
  const unhashed = {
    sequence,
    at: entry.at.toISOString(),
    actor: entry.actor,
    operation: entry.operation,
    phase: entry.phase,
    requestId: entry.requestId ?? '',
    parameters: sorted(entry.parameters ?? {}),
    status: entry.status ?? null,
    detail: sorted(entry.detail ?? {}),
    previousHash,
  };
  const record = { ...unhashed, hash: hashOfRecord(unhashed) };
  await transaction.insertInto('audit_records').values(toRow(record)).execute();
  await transaction.updateTable('audit_head').set({ hash: record.hash }).where('name', '=', HEAD_NAME).execute();
  return record;
}
