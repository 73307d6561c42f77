import type { Kysely, Transaction } from 'kysely';
import { groupBy } from '../../group-by.js';
import { insertRows } from '../../intake/insert-rows.js';
import { chunksOf } from '../../membership/in-chunks.js';
import type { Tables } from '../../storage/index.js';
import type { MemberListPersonsTable } from '../../storage/member-list-tables.js';
import type { Person } from './person.js';
import type { RowIssue } from './row-issue.js';

/** A good row, with what its person is found by. */
export interface NamedRow {
  readonly row: number;
  readonly person: Person;
  readonly identity: string;
  readonly mobile: string;
  /** Of all that it says. */
  readonly content: string;
}

/** Whom a row doubles; `known`: it says nothing that is not known already. */
export type Doubled = readonly RowIssue[] | 'known';

/** Rows of a file that tell of a document, or give a mobile number, that a row before told of. */
export function doublesInFile(rows: readonly NamedRow[]): ReadonlyMap<number, Doubled> {
  const byIdentity = new Map<string, NamedRow>();
  const byMobile = new Map<string, NamedRow>();
  const doubled = new Map<number, Doubled>();
  for (const row of rows) {
    const same = byIdentity.get(row.identity);
    const near = byMobile.get(row.mobile);
    if (same) doubled.set(row.row, same.content === row.content ? 'known' : [DOUBLED_IN_FILE]);
    else if (near) doubled.set(row.row, [{ column: 'mobile', code: 'mobile-doubled-in-file' }]);
    else {
      byIdentity.set(row.identity, row);
      byMobile.set(row.mobile, row);
    }
  }
  return doubled;
}

const DOUBLED_IN_FILE: RowIssue = { column: 'identityNumber', code: 'doubled-in-file' };

/**
 * Holds the persons of rows for a list, so that no other list can have them; whoever is a member, or in another list,
 * stays where they are. Of two lists that come at the same moment the second waits, and sees the first.
 */
export async function claimPersons(
  transaction: Transaction<Tables>,
  list: string,
  rows: readonly NamedRow[],
  nowMs: number,
): Promise<ReadonlyMap<number, Doubled>> {
  const doubled = new Map<number, Doubled>();
  // In one order, whoever claims: two who wait for each other would wait for ever.
  const ordered = rows.toSorted((one, other) => (one.identity < other.identity ? -1 : 1));
  for (const chunk of chunksOf(ordered)) {
    for (const [row, found] of await doublesInRegister(transaction, chunk, nowMs)) doubled.set(row, found);
    const free = chunk.filter(({ row }) => !doubled.has(row));
    for (const [row, found] of await mobilesInLists(transaction, free)) doubled.set(row, found);
    const claims = free
      .filter(({ row }) => !doubled.has(row))
      .map(({ row, identity, mobile, content }): MemberListPersonsTable => {
        return { identity_token: identity, mobile_token: mobile, content_token: content, list, row };
      });
    const way = { isIfNew: true, returning: 'identity_token' };
    const claimed = new Set(
      (await insertRows(transaction, 'member_list_persons', claims, way)).map((each) => each.identity_token),
    );
    const others = claims.filter(({ identity_token }) => !claimed.has(identity_token));
    for (const [row, found] of await doublesInLists(transaction, others)) doubled.set(row, found);
  }
  return doubled;
}

async function doublesInRegister(
  kysely: Kysely<Tables>,
  rows: readonly NamedRow[],
  nowMs: number,
): Promise<Map<number, Doubled>> {
  const found = await kysely
    .selectFrom('members')
    .select(['member', 'name', 'unit', 'identity_token', 'mobile_token'])
    .where(({ eb, or }) =>
      or([
        eb(
          'identity_token',
          'in',
          rows.map(({ identity }) => identity),
        ),
        eb(
          'mobile_token',
          'in',
          rows.map(({ mobile }) => mobile),
        ),
      ]),
    )
    .execute();
  const left = await whoHasLeft(
    kysely,
    found.map(({ member }) => member),
    nowMs,
  );
  const current = found.filter(({ member }) => !left.has(member));
  const byIdentity = new Map(current.map((row) => [row.identity_token, row]));
  const byMobile = new Map(current.map((row) => [row.mobile_token, row]));
  return new Map(
    rows.flatMap(({ row, person, identity, mobile }): [number, Doubled][] => {
      const same = byIdentity.get(identity);
      if (same?.name === person.name && same.unit === person.unit) return [[row, 'known']];
      if (same) return [[row, [{ column: 'identityNumber', code: 'already-member' }]]];
      return byMobile.has(mobile) ? [[row, [{ column: 'mobile', code: 'mobile-of-other-member' }]]] : [];
    }),
  );
}

/** Who has left by an instant may be collected again; whose leave lies ahead is a member still. */
export async function whoHasLeft(
  kysely: Kysely<Tables>,
  members: readonly string[],
  atMs: number,
): Promise<ReadonlySet<string>> {
  if (members.length === 0) return new Set();
  const changes = await kysely
    .selectFrom('membership_changes')
    .select(['member', 'change', 'from_ms'])
    .where('member', 'in', members)
    .orderBy('from_ms')
    .execute();
  const last = [...groupBy(changes, ({ member }) => member).values()].map((rows) => rows.at(-1)!);
  return new Set(
    last.filter(({ change, from_ms }) => change === 'left' && from_ms <= atMs).map(({ member }) => member),
  );
}

async function mobilesInLists(kysely: Kysely<Tables>, rows: readonly NamedRow[]): Promise<Map<number, Doubled>> {
  if (rows.length === 0) return new Map();
  const found = await kysely
    .selectFrom('member_list_persons')
    .select(['identity_token', 'mobile_token'])
    .where(
      'mobile_token',
      'in',
      rows.map(({ mobile }) => mobile),
    )
    .execute();
  const byMobile = groupBy(found, ({ mobile_token }) => mobile_token);
  const isOther = ({ mobile, identity }: NamedRow) =>
    byMobile.get(mobile)?.some(({ identity_token }) => identity_token !== identity);
  const issues: Doubled = [{ column: 'mobile', code: 'mobile-in-other-list' }];
  return new Map(rows.filter(isOther).map(({ row }) => [row, issues]));
}

async function doublesInLists(
  kysely: Kysely<Tables>,
  rows: readonly MemberListPersonsTable[],
): Promise<Map<number, Doubled>> {
  if (rows.length === 0) return new Map();
  const found = await kysely
    .selectFrom('member_list_persons')
    .selectAll()
    .where(
      'identity_token',
      'in',
      rows.map(({ identity_token }) => identity_token),
    )
    .execute();
  const byIdentity = new Map(found.map((row) => [row.identity_token, row]));
  const issues: Doubled = [{ column: 'identityNumber', code: 'in-other-list' }];
  return new Map(
    rows.map(({ row, identity_token, content_token }) => {
      return [row, byIdentity.get(identity_token)?.content_token === content_token ? 'known' : issues];
    }),
  );
}
