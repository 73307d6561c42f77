import type { Kysely } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { PartyKind } from '../settlement.js';

/** Who has anything on a day: operators, then sponsors, each in order of their names. */
export async function readParties(kysely: Kysely<Tables>, serviceDay: string): Promise<[PartyKind, string][]> {
  const charged = await kysely
    .selectFrom('charges')
    .select('operator as party')
    .distinct()
    .where('service_day', '=', serviceDay)
    .execute();
  const sponsoring = await kysely
    .selectFrom('entries')
    .select('sponsor as party')
    .distinct()
    .where('service_day', '=', serviceDay)
    .where('account', '=', 'sponsor')
    .execute();
  const moved = await kysely
    .selectFrom('ledger_entries')
    .innerJoin('ledger_transactions', 'ledger_transactions.id', 'ledger_entries.transaction_id')
    .select(['account', 'party', 'operator'])
    .distinct()
    .where('ledger_entries.service_day', '=', serviceDay)
    .where('kind', '<>', 'settlement')
    .execute();
  const sponsors = moved.filter(({ account }) => account === 'sponsor');
  const operators = moved.map(({ operator }) => ({ party: operator })).filter(({ party }) => party !== '');
  return [...inOrder('operator', [...charged, ...operators]), ...inOrder('sponsor', [...sponsoring, ...sponsors])];
}

const inOrder = (kind: PartyKind, parties: readonly { readonly party: string }[]): [PartyKind, string][] =>
  [...new Set(parties.map(({ party }) => party))].sort().map((party) => [kind, party]);
