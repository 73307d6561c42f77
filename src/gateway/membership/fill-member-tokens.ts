import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import { rowsOfJson, type Tables } from '../storage/index.js';
import type { MembersTable } from '../storage/membership-tables.js';
import { memberTokens } from './member-tokens.js';
import { createPersonalDataCipher } from './personal-data-cipher.js';
import { openPrivateData } from './private-data.js';
import type { MembershipOptions } from './record-changes.js';

const TOGETHER = 500;

export interface FilledTokens {
  readonly filled: number;
  /** Members whose identity document another member has as well: the other is found by it. */
  readonly doubled: number;
}

/**
 * Gives members who were recorded before there were any the tokens by which they are found, some hundred a transaction.
 * What is broken off goes on at the next start. Throws PersonalDataError.
 */
export async function fillMemberTokens(
  options: Omit<MembershipOptions, 'clock'>,
  onProgress: (filled: number) => void = () => {},
): Promise<FilledTokens> {
  let sum: FilledTokens = { filled: 0, doubled: 0 };
  let last: string | undefined = '';
  while (last !== undefined) {
    const after: string = last;
    const lot = await options.database.inTransaction((transaction) => fillLot(transaction, after, options));
    last = lot.last;
    sum = { filled: sum.filled + lot.filled, doubled: sum.doubled + lot.doubled };
    if (lot.filled > 0) onProgress(sum.filled);
    await setImmediate();
  }
  return sum;
}

type Filled = Pick<MembersTable, 'member' | 'identity_token' | 'mobile_token'>;

async function fillLot(
  transaction: Transaction<Tables>,
  after: string,
  { tokenKey, personalDataKey, formerDataKeys, random }: Omit<MembershipOptions, 'clock'>,
): Promise<FilledTokens & { readonly last: string | undefined }> {
  const rows = await transaction
    .selectFrom('members_without_tokens')
    .innerJoin('members', 'members.member', 'members_without_tokens.member')
    .select(['members.member', 'members.private_data'])
    .where('members_without_tokens.member', '>', after)
    .orderBy('members_without_tokens.member')
    .limit(TOGETHER)
    .execute();
  if (rows.length === 0) return { filled: 0, doubled: 0, last: undefined };
  const cipher = createPersonalDataCipher(personalDataKey, random, formerDataKeys);
  const wanted = rows.map((row): Filled => {
    const { identity, mobile } = memberTokens(tokenKey, openPrivateData(cipher, row));
    return { member: row.member, identity_token: identity, mobile_token: mobile };
  });
  const doubled = await doubledIdentities(transaction, wanted);
  await write(
    transaction,
    wanted.map((row) => (doubled.has(row.member) ? { ...row, identity_token: null } : row)),
  );
  const done = wanted.filter(({ member }) => !doubled.has(member)).map(({ member }) => member);
  if (done.length > 0) await transaction.deleteFrom('members_without_tokens').where('member', 'in', done).execute();
  return { filled: done.length, doubled: doubled.size, last: rows.at(-1)!.member };
}

/** Members whose document one before them, or one who is found by it already, has as well. */
async function doubledIdentities(kysely: Kysely<Tables>, wanted: readonly Filled[]): Promise<ReadonlySet<string>> {
  const tokens = wanted.flatMap(({ identity_token }) => identity_token ?? []);
  if (tokens.length === 0) return new Set();
  const found = await kysely
    .selectFrom('members')
    .select(['member', 'identity_token'])
    .where('identity_token', 'in', tokens)
    .execute();
  const ownerOf = new Map(found.map(({ member, identity_token }) => [identity_token!, member]));
  for (const { member, identity_token } of wanted) {
    if (identity_token !== null && !ownerOf.has(identity_token)) ownerOf.set(identity_token, member);
  }
  const isDoubled = ({ member, identity_token }: Filled): boolean =>
    identity_token !== null && ownerOf.get(identity_token) !== member;
  return new Set(wanted.filter(isDoubled).map(({ member }) => member));
}

async function write(kysely: Kysely<Tables>, rows: readonly Filled[]): Promise<void> {
  const columns = { member: 'text', identity_token: 'text', mobile_token: 'text' } as const;
  await kysely
    .updateTable('members')
    .from(rowsOfJson<Filled>(kysely, JSON.stringify(rows), columns).as('filled'))
    .set({ identity_token: sql.ref('filled.identity_token'), mobile_token: sql.ref('filled.mobile_token') })
    .whereRef('members.member', '=', 'filled.member')
    .execute();
}
