import { setImmediate } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { CardRefusalCode } from '../cards/index.js';
import { personTokens } from '../identity/index.js';
import { doEach, type Job } from '../jobs/index.js';
import { addRecord, noChanges } from '../membership/membership-changes.js';
import { MembershipError } from '../membership/membership-error.js';
import { createPersonalDataCipher } from '../membership/personal-data-cipher.js';
import { beginRecording, recordPart, throwIssues } from '../membership/record-changes.js';
import type { Tables } from '../storage/index.js';
import { appendListEvent } from './append-list-event.js';
import { whoHasLeft } from './check/check-doubles.js';
import type { Person } from './check/person.js';
import type { RowIssue, RowIssueCode } from './check/row-issue.js';
import type { CollectionOptions } from './collection-options.js';
import { listContent } from './list-content.js';
import { memberNumbers } from './member-numbers.js';

const TOGETHER = 200;
const EVERY_SECONDS = 10;

/**
 * Makes members of the rows of a list that was accepted at the top, some hundred a transaction: each is recorded in the
 * register, has joined from the instant of acceptance, and a card is ordered. What is broken off goes on where it was.
 * Gives how many rows were worked off.
 */
export async function recordAcceptedRows(
  options: CollectionOptions,
  { list, rowsMax = Number.POSITIVE_INFINITY, signal }: { list: string; rowsMax?: number; signal?: AbortSignal },
): Promise<number> {
  let done = 0;
  while (done < rowsMax && !signal?.aborted) {
    const count = await again(() => options.database.inTransaction((lot) => recordLot(lot, options, list)));
    if (count === 0) return done;
    done += count;
    await setImmediate();
  }
  return done;
}

/** Somebody else made a member of one of them at this moment: a second look sees it. */
const again = (record: () => Promise<number>): Promise<number> =>
  record().catch((error: unknown) => {
    if (error instanceof MembershipError) return record();
    throw error;
  });

/** The same for all lists, again and again. */
export const recordListsJob = (options: CollectionOptions): Job => ({
  name: 'record-accepted-lists',
  everySeconds: EVERY_SECONDS,
  run: async (signal) => {
    const due = await options.database.kysely
      .selectFrom('member_lists')
      .select('list')
      .where('state', '=', 'accepted')
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('member_list_rows')
            .select('row')
            .whereRef('member_list_rows.list', '=', 'member_lists.list')
            .where('member_list_rows.state', '=', 'good'),
        ),
      )
      .execute();
    await doEach(due, signal, ({ list }) => recordAcceptedRows(options, { list, signal }));
  },
});

interface AcceptedRow {
  readonly row: number;
  readonly person: Person;
  readonly identity: string;
}

async function recordLot(transaction: Transaction<Tables>, options: CollectionOptions, list: string): Promise<number> {
  const accepted = await holdAccepted(transaction, list);
  if (!accepted) return 0;
  const { personalDataKey, formerDataKeys, random, tokenKey } = options;
  const cipher = createPersonalDataCipher(personalDataKey, random, formerDataKeys);
  const sealed = listContent(cipher);
  const found = await transaction
    .selectFrom('member_list_rows')
    .select(['row', 'content'])
    .where('list', '=', list)
    .where('state', '=', 'good')
    .orderBy('row')
    .limit(TOGETHER)
    .execute();
  if (found.length === 0) return forgetRest(transaction, list);
  const rows = found.map(({ row, content }): AcceptedRow => {
    const person = sealed.openPerson(list, row, content!);
    return { row, person, identity: personTokens(tokenKey).identity(person) };
  });
  const known = await knownMembers(transaction, rows, accepted);
  const fresh = rows.filter(({ identity }) => !known.get(identity)?.isMember);
  for (const { row } of rows.filter((each) => !fresh.includes(each))) {
    await endRow(transaction, list, row, {
      state: 'wrong',
      issues: [{ column: 'identityNumber', code: 'already-member' }],
    });
  }
  const numbers = await memberNumbers(
    transaction,
    tokenKey,
    options.collectionPolicy.memberNumber,
    fresh.filter(({ identity }) => !known.has(identity)).map(({ identity }) => identity),
  );
  const numberOfRow = ({ identity }: AcceptedRow) => known.get(identity)?.member ?? numbers.get(identity)!;
  const members = fresh.map((each) => ({ ...each, member: numberOfRow(each) }));
  await recordMembers(transaction, options, members, accepted);
  for (const each of members) {
    const refused = await orderCardOf(transaction, options, each, accepted);
    await endRow(transaction, list, each.row, {
      state: 'recorded',
      member: each.member,
      issues: refused ? [{ column: 'bank', code: refused }] : [],
    });
  }
  const bad = rows.length - fresh.length;
  if (bad > 0) {
    await transaction
      .updateTable('member_lists')
      .set(({ eb }) => ({ rows_good: eb('rows_good', '-', bad), rows_wrong: eb('rows_wrong', '+', bad) }))
      .where('list', '=', list)
      .execute();
  }
  return rows.length;
}

interface Acceptance {
  readonly at: string;
  readonly atUnit: string;
  readonly by: string;
  readonly list: string;
}

/** Holds the list, so that no row is worked off twice; `undefined` where it is not accepted. */
async function holdAccepted(transaction: Transaction<Tables>, list: string): Promise<Acceptance | undefined> {
  const held = await transaction
    .updateTable('member_lists')
    .set(({ ref }) => ({ events: ref('events') }))
    .where('list', '=', list)
    .where('state', '=', 'accepted')
    .returning('list')
    .executeTakeFirst();
  if (!held) return undefined;
  const {
    recorded_at_ms,
    by,
    at_unit: atUnit,
  } = await transaction
    .selectFrom('member_list_events')
    .select(['recorded_at_ms', 'by', 'at_unit'])
    .where('list', '=', list)
    .where('state', '=', 'accepted')
    .orderBy('sequence')
    .limit(1)
    .executeTakeFirstOrThrow();
  return { at: new Date(recorded_at_ms).toISOString(), atUnit, by, list };
}

async function recordMembers(
  transaction: Transaction<Tables>,
  options: CollectionOptions,
  rows: readonly (AcceptedRow & { readonly member: string })[],
  { at }: Acceptance,
): Promise<void> {
  const recording = beginRecording(options, transaction, { isBulk: true });
  const names = await unitNames(transaction, [...new Set(rows.map(({ person }) => person.unit))]);
  const changes = noChanges();
  for (const { row, member, person } of rows) {
    const { unit, bank: _, ...known } = person;
    const record = { ...known, member, unit: names.get(unit), unitId: unit, joined: at };
    addRecord(changes, record, { index: row }, { tokenKey: options.tokenKey, cipher: recording.cipher });
  }
  await recordPart(recording, changes);
  throwIssues(recording);
}

/** Orders the card of who has become a member; where there is none, the list tells so, and the member stays one. */
async function orderCardOf(
  transaction: Transaction<Tables>,
  { cards, clock }: CollectionOptions,
  { row, member, person }: AcceptedRow & { readonly member: string },
  { at, atUnit, by, list }: Acceptance,
): Promise<RowIssueCode | undefined> {
  const { bank } = person;
  const ordered = await cards.orderCard(transaction, { member, bank, kind: 'new', by, at, reason: list });
  if (ordered.result !== 'refused') return undefined;
  const { code, detail } = ordered;
  await appendListEvent(transaction, list, {
    ...{ step: 'card-not-ordered', state: 'accepted', atUnit, row, by },
    ...{ reason: `${code}: ${detail}`, nowMs: clock().getTime() },
  });
  return noCard[code] ?? noCard.other;
}

/** How a row says why no card was ordered. */
const noCard: { readonly [Code in CardRefusalCode]?: RowIssueCode } & { readonly other: RowIssueCode } = {
  'card-held-already': 'no-card-held-already',
  'bank-unknown': 'no-card-bank-unknown',
  'member-left': 'no-card-member-left',
  other: 'no-card',
};

async function unitNames(
  transaction: Transaction<Tables>,
  units: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (units.length === 0) return new Map();
  const rows = await transaction.selectFrom('units').select(['unit', 'name']).where('unit', 'in', units).execute();
  return new Map(rows.map(({ unit, name }) => [unit, name]));
}

/** Members who have these documents; one who has left, before they join again, gets the old number again. */
async function knownMembers(transaction: Transaction<Tables>, rows: readonly AcceptedRow[], { at }: Acceptance) {
  const found = await transaction
    .selectFrom('members')
    .select(['member', 'identity_token'])
    .where(
      'identity_token',
      'in',
      rows.map(({ identity }) => identity),
    )
    .execute();
  const left = await whoHasLeft(
    transaction,
    found.map(({ member }) => member),
    Date.parse(at),
  );
  return new Map(
    found.map(({ member, identity_token }) => [identity_token!, { member, isMember: !left.has(member) }] as const),
  );
}

/** A row that is done has its person in the register, and nothing of them here. */
async function endRow(
  transaction: Transaction<Tables>,
  list: string,
  row: number,
  { state, member, issues }: { state: 'recorded' | 'wrong'; member?: string; issues: readonly RowIssue[] },
): Promise<void> {
  await transaction
    .updateTable('member_list_rows')
    .set({ state, content: null, member: member ?? null, issues: issues.length > 0 ? JSON.stringify(issues) : null })
    .where('list', '=', list)
    .where('row', '=', row)
    .execute();
  await transaction.deleteFrom('member_list_persons').where('list', '=', list).where('row', '=', row).execute();
}

/** Wrong rows of a list that is done are not needed any more. */
async function forgetRest(transaction: Transaction<Tables>, list: string): Promise<number> {
  await transaction
    .updateTable('member_list_rows')
    .set({ content: null })
    .where('list', '=', list)
    .where('content', 'is not', null)
    .execute();
  return 0;
}
