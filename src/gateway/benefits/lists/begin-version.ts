import type { Transaction } from 'kysely';
import type { BenefitListVersionsTable } from '../../storage/benefit-tables.js';
import type { GatewayDatabase, Tables } from '../../storage/index.js';
import { HOLD_MS } from './build-list.js';

interface BeginOptions {
  readonly database: GatewayDatabase;
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
}

/**
 * Begins the next version of a list, one at a time; what a maker that has died left behind is cleared away. `undefined`:
 * one is being made.
 */
export function beginVersion(
  { database, clock, random }: BeginOptions,
  { list, day, by }: { readonly list: string; readonly day: string; readonly by: string },
): Promise<BenefitListVersionsTable | undefined> {
  return database.inTransaction(async (transaction) => {
    const nowMs = clock().getTime();
    const last = await transaction
      .selectFrom('benefit_list_versions')
      .selectAll()
      .where('list', '=', list)
      .orderBy('version', 'desc')
      .limit(1)
      .$if(database.kind === 'postgresql', (query) => query.forUpdate())
      .executeTakeFirst();
    if (last && last.published_at_ms === null) {
      if (last.held_until_ms > nowMs) return undefined;
      await clearAway(transaction, last);
    }
    const version = last ? last.version + (last.published_at_ms === null ? 0 : 1) : 1;
    const row: BenefitListVersionsTable = {
      list,
      version,
      day,
      by,
      read: 0,
      holder: Buffer.from(random(8)).toString('hex'),
      held_until_ms: nowMs + HOLD_MS,
      started_at_ms: nowMs,
      published_at_ms: null,
      header: null,
      public_key: null,
      signature: null,
    };
    const begun = await transaction
      .insertInto('benefit_list_versions')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('version')
      .execute();
    return begun.length > 0 ? row : undefined;
  });
}

async function clearAway(
  transaction: Transaction<Tables>,
  { list, version }: Pick<BenefitListVersionsTable, 'list' | 'version'>,
): Promise<void> {
  for (const table of ['benefit_list_changes', 'benefit_list_versions'] as const) {
    await transaction.deleteFrom(table).where('list', '=', list).where('version', '=', version).execute();
  }
}
