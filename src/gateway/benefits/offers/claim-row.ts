import type { OfferClaimsTable } from '../../storage/benefit-tables.js';
import { prepareQuery, rowsOfJson } from '../../storage/index.js';

export type ClaimRow = OfferClaimsTable;

export interface ClaimKey {
  readonly offer: string;
  readonly member: string;
}

const KEY = { offer: 'text', member: 'text' } as const;

const readRows = prepareQuery((kysely, { keys }: { keys: string }) =>
  kysely
    .selectFrom(rowsOfJson<ClaimKey>(kysely, keys, KEY).as('asked'))
    .innerJoin('offer_claims', (join) =>
      join.onRef('offer_claims.offer', '=', 'asked.offer').onRef('offer_claims.member', '=', 'asked.member'),
    )
    .selectAll('offer_claims'),
);

/** A name for a claim that no other claim has. */
export const claimKey = ({ offer, member }: ClaimKey): string => `${offer} ${member}`;

/** Claims that there are, by {@link claimKey}. */
export async function readClaimRows(
  kysely: Parameters<typeof readRows>[0],
  keys: readonly ClaimKey[],
): Promise<Map<string, ClaimRow>> {
  const distinct = new Map(keys.map(({ offer, member }) => [claimKey({ offer, member }), { offer, member }]));
  const rows = await readRows(kysely, { keys: JSON.stringify([...distinct.values()]) });
  return new Map(rows.map((row) => [claimKey(row), row]));
}
