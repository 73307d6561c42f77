import type { Kysely } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { FileFormat, PartyKind } from '../settlement.js';

/** Where a party's chain of settlements ends; number 0 and empty hashes before the first. */
export interface LastSettlement {
  readonly number: number;
  readonly sha256: Readonly<Record<FileFormat, string>>;
}

export async function lastOfParty(
  kysely: Kysely<Tables>,
  partyKind: PartyKind,
  party: string,
): Promise<LastSettlement> {
  const last = await kysely
    .selectFrom('settlements')
    .select(['number', 'csv_hash', 'json_hash'])
    .where('party_kind', '=', partyKind)
    .where('party', '=', party)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { number: last?.number ?? 0, sha256: { csv: last?.csv_hash ?? '', json: last?.json_hash ?? '' } };
}
