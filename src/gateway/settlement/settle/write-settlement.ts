import type { Transaction } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { DraftSettlement } from './draft-settlement.js';
import { Overtaken } from './overtaken.js';

/** Writes a settlement and that it was created. Throws Overtaken. */
export async function writeSettlement(
  transaction: Transaction<Tables>,
  { head, totals, sha256, before }: DraftSettlement,
  by: string,
  at: Date,
): Promise<void> {
  const written = await transaction
    .insertInto('settlements')
    .values({
      id: head.id,
      service_day: head.serviceDay,
      party_kind: head.partyKind,
      party: head.party,
      number: head.number,
      resubmits: head.resubmits ?? null,
      created_at_ms: at.getTime(),
      lines: totals.lines,
      totals: JSON.stringify(totals),
      csv_hash: sha256.csv,
      json_hash: sha256.json,
      previous_csv_hash: before.sha256.csv,
      previous_json_hash: before.sha256.json,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  if (written.length === 0) throw new Overtaken();
  await addEvent(transaction, head.id, 1, { state: 'created', by, at, reason: '' });
}

export interface NewEvent {
  readonly state: 'created' | 'sent' | 'acknowledged' | 'rejected' | 'resubmitted';
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
}

/** `number`: 1 more than the last event's. Gives whether nobody else has written that number. */
export async function addEvent(
  transaction: Transaction<Tables>,
  settlementId: string,
  number: number,
  { at, ...event }: NewEvent,
): Promise<boolean> {
  const written = await transaction
    .insertInto('settlement_events')
    .values({ settlement_id: settlementId, number, at_ms: at.getTime(), ...event })
    .onConflict((conflict) => conflict.doNothing())
    .returning('number')
    .execute();
  return written.length > 0;
}
