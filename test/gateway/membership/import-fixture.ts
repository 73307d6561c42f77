import type { Kysely } from 'kysely';
import { type ImportReport, importMembers } from '../../../src/gateway/membership/index.js';
import type { GatewayDatabase, Tables } from '../../../src/gateway/storage/index.js';

export const tokenKey = Uint8Array.from({ length: 32 }, (_, index) => index + 1);
export const personalDataKey = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);

/** Invented cards whose check digits are right. */
export const pans = {
  wang: '6228480000000000018',
  chen: '6228480000000000026',
  li: '6222020000000007',
} as const;

export const mobiles = { wang: '13900574001', chen: '13900574002' } as const;

export interface Handed {
  readonly format: 'json' | 'csv';
  readonly text: string;
}

let nonces = 0;

/** Imports at `now`, with nonces that are counted. */
export function importAt(database: GatewayDatabase, source: Handed, now = '2016-02-03T08:00:00+08:00') {
  return importMembers({
    database,
    source,
    tokenKey,
    personalDataKey,
    clock: () => new Date(now),
    random: (length) => new Uint8Array(length).fill(++nonces % 256),
  }) as Promise<ImportReport>;
}

const TABLES = [
  'members',
  'cards',
  'certifications',
  'card_states',
  'card_exchanges',
  'membership_changes',
  'certification_withdrawals',
] as const satisfies (keyof Tables)[];

/** All rows of the membership, in one order whatever the engine. */
export async function allRows(kysely: Kysely<Tables>): Promise<Record<string, string[]>> {
  const read = TABLES.map(async (table) => {
    const rows: object[] = await kysely.selectFrom(table).selectAll().execute();
    return [table, rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}
