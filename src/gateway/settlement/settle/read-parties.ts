import type { Kysely } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { PartyKind } from '../settlement.js';

/** The operators with charges on a day, in order: one look into the index for each, however many charges there are. */
export async function readOperators(kysely: Kysely<Tables>, serviceDay: string): Promise<string[]> {
  const operators: string[] = [];
  for (let last = ''; ; ) {
    const next = await kysely
      .selectFrom('charges')
      .select('operator')
      .where('service_day', '=', serviceDay)
      .where('operator', '>', last)
      .orderBy('operator')
      .limit(1)
      .executeTakeFirst();
    if (!next) return operators.sort();
    last = next.operator;
    operators.push(last);
  }
}

/** Those with anything in the ledger on a day that does not come from journeys. */
export async function readMovedParties(kysely: Kysely<Tables>, serviceDay: string): Promise<[PartyKind, string][]> {
  const moved = await kysely
    .selectFrom('ledger_entries')
    .innerJoin('ledger_transactions', 'ledger_transactions.id', 'ledger_entries.transaction_id')
    .select(['account', 'party', 'operator'])
    .distinct()
    .where('ledger_entries.service_day', '=', serviceDay)
    .where('kind', '<>', 'settlement')
    .execute();
  return moved.flatMap(({ account, party, operator }): [PartyKind, string][] => [
    ...(operator === '' ? [] : [['operator', operator] as [PartyKind, string]]),
    ...(account === 'sponsor' ? [['sponsor', party] as [PartyKind, string]] : []),
  ]);
}
