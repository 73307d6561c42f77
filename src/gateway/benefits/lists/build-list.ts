import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { dayAfter } from '../../../calendar/day.js';
import { canonicalJson } from '../../../tap/index.js';
import { serviceDayStart } from '../../fares/service-day.js';
import { insertRows } from '../../intake/insert-rows.js';
import type { MembershipPolicy } from '../../membership/index.js';
import type { PersonalDataCipher } from '../../membership/personal-data-cipher.js';
import type { BenefitListChangesTable, BenefitListVersionsTable } from '../../storage/benefit-tables.js';
import type { GatewayDatabase, Tables } from '../../storage/index.js';
import { personsOf } from '../entitlement/index.js';
import { comparePage } from './compare-page.js';
import { hashListFiles } from './list-files.js';
import { type BenefitListHeader, type SignListHeader, sha256 } from './list-header.js';
import type { BenefitList } from './list-policy-schema.js';
import { readEntries } from './read-entries.js';

export interface BuildOptions {
  readonly database: GatewayDatabase;
  readonly policy: MembershipPolicy;
  readonly cipher: PersonalDataCipher;
  readonly clock: () => Date;
  readonly sign: SignListHeader;
}

/** What either engine takes as parameters of one query. */
const MEMBERS_TOGETHER = 1000;

/** How long a version is its maker's without another word. */
export const HOLD_MS = 60_000;

type Version = Pick<BenefitListVersionsTable, 'list' | 'version' | 'day' | 'holder'> & { readonly knownAtMs: number };

/**
 * Makes a version that was begun: looks at all members page by page, writes down what has changed, and publishes it once
 * the files are hashed. Each page is a transaction of its own, so that nobody waits long; nothing of it counts before the
 * version is published. `false`: another process has taken it over.
 */
export async function buildList(options: BuildOptions, list: BenefitList, version: Version): Promise<boolean> {
  const at = endOf(options.policy, version.day);
  const counts = { added: 0, dropped: 0, changed: 0 };
  let after = '';
  for (let read = 0; ; ) {
    const page = await buildPage(options, { list, version, at, after });
    read += page.read;
    for (const { change } of page.changes) counts[change]++;
    if (!(await keepPage(options, version, page.changes, read))) return false;
    if (page.last === undefined) break;
    after = page.last;
    await setImmediate();
  }
  return publish(options, list, version, counts);
}

/** The last millisecond of a service day: who is entitled when it ends. */
function endOf({ dayBegins }: MembershipPolicy, day: string): string {
  return new Date(Date.parse(serviceDayStart({ serviceDayBegins: dayBegins }, dayAfter(day))) - 1).toISOString();
}

interface PagePlace {
  readonly list: BenefitList;
  readonly version: Version;
  readonly at: string;
  readonly after: string;
}

async function buildPage({ database, policy, cipher }: BuildOptions, { list, version, at, after }: PagePlace) {
  const { kysely } = database;
  const rows = await kysely
    .selectFrom('members')
    .selectAll()
    .where('member', '>', after)
    .orderBy('member')
    .limit(MEMBERS_TOGETHER)
    .execute();
  const last = rows.length < MEMBERS_TOGETHER ? undefined : rows.at(-1)!.member;
  const query = { atMs: Date.parse(at), knownAtMs: version.knownAtMs, cipher: list.conditions.ages && cipher };
  const known = await personsOf(kysely, rows, query);
  const persons = new Map(
    rows
      .filter(({ member }) => known.has(member))
      .map(({ member, unit }) => [member, { ...known.get(member)!, unit: unit ?? '' }]),
  );
  const before = await lastChanges(kysely, version, after, last);
  const asked = { list, policy, version: version.version, day: version.day, at, persons, before };
  return { last, read: rows.length, changes: comparePage(asked) };
}

/** What the versions before say last of the members of a page. */
async function lastChanges(
  kysely: Kysely<Tables>,
  { list, version }: Version,
  after: string,
  last: string | undefined,
): Promise<ReadonlyMap<string, BenefitListChangesTable>> {
  let query = kysely
    .selectFrom('benefit_list_changes')
    .selectAll()
    .where('list', '=', list)
    .where('version', '<', version)
    .where('member', '>', after)
    .orderBy('member')
    .orderBy('version');
  if (last !== undefined) query = query.where('member', '<=', last);
  const rows = await query.execute();
  return new Map(rows.map((row) => [row.member, row]));
}

function keepPage(
  { database, clock }: BuildOptions,
  version: Version,
  changes: readonly BenefitListChangesTable[],
  read: number,
): Promise<boolean> {
  return database.inTransaction(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('benefit_list_versions')
      .set({ read, held_until_ms: clock().getTime() + HOLD_MS })
      .where('list', '=', version.list)
      .where('version', '=', version.version)
      .where('holder', '=', version.holder)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await insertRows(transaction, 'benefit_list_changes', changes);
    return true;
  });
}

async function publish(
  { database, clock, sign }: BuildOptions,
  list: BenefitList,
  { list: name, version, day, holder, knownAtMs }: Version,
  counts: Pick<BenefitListHeader, 'added' | 'dropped' | 'changed'>,
): Promise<boolean> {
  const hashed = await database.aside((aside) =>
    hashListFiles(readEntries(aside, { list: name, version }), { list: name, version }),
  );
  const before = await database.kysely
    .selectFrom('benefit_list_versions')
    .select('header')
    .where('list', '=', name)
    .where('version', '=', version - 1)
    .executeTakeFirst();
  const { header, publicKey, signature } = sign({
    list: name,
    version,
    day,
    asKnownAt: new Date(knownAtMs).toISOString(),
    policySha256: sha256(canonicalJson(list)),
    ...hashed,
    ...counts,
    previousSha256: before?.header ? sha256(before.header) : '',
  });
  const { numUpdatedRows } = await database.kysely
    .updateTable('benefit_list_versions')
    .set({
      header: canonicalJson(header),
      public_key: publicKey,
      signature,
      published_at_ms: clock().getTime(),
      held_until_ms: 0,
    })
    .where('list', '=', name)
    .where('version', '=', version)
    .where('holder', '=', holder)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
