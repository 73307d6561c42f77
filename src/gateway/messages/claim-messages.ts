import type { GatewayDatabase } from '../storage/index.js';
import type { MessagesTable } from '../storage/message-tables.js';

export type ClaimedMessage = Pick<MessagesTable, 'id' | 'template' | 'attempts' | 'created_at_ms'> & {
  readonly sealed: string;
};

/** Longer than all that one process takes at once can take to time out, several beside each other. */
const LEASE_MS = 120_000;
const TOGETHER_MAX = 40;

/** Takes what is due, oldest first, so that no other process sends it meanwhile. */
export function claimMessages(database: GatewayDatabase, nowMs: number): Promise<readonly ClaimedMessage[]> {
  return database.inTransaction(async (transaction) => {
    const due = transaction
      .selectFrom('messages')
      .select(['id', 'template', 'attempts', 'created_at_ms', 'sealed'])
      .where('state', '=', 'pending')
      .where('next_attempt_at_ms', '<=', nowMs)
      .where('leased_until_ms', '<=', nowMs)
      .where('expires_at_ms', '>', nowMs)
      .orderBy('next_attempt_at_ms')
      .orderBy('id')
      .limit(TOGETHER_MAX);
    const rows = await (database.kind === 'postgresql' ? due.forUpdate().skipLocked() : due).execute();
    if (rows.length === 0) return [];
    await transaction
      .updateTable('messages')
      .set({ leased_until_ms: nowMs + LEASE_MS })
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute();
    return rows.flatMap(({ sealed, ...row }) => (sealed === null ? [] : [{ ...row, sealed }]));
  });
}
