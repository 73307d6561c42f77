import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { shanghaiDay } from '../../calendar/shanghai.js';
import { personTokens } from '../identity/index.js';
import { insertRows } from '../intake/insert-rows.js';
import { createPersonalDataCipher } from '../membership/personal-data-cipher.js';
import type { Tables } from '../storage/index.js';
import type { MemberListRowsTable, MemberListsTable } from '../storage/member-list-tables.js';
import { listUnits, type Unit } from '../units/index.js';
import { appendListEvent } from './append-list-event.js';
import { createBankFinder } from './check/bank-finder.js';
import { claimPersons, type Doubled, doublesInFile, type NamedRow } from './check/check-doubles.js';
import { type CheckedRow, checkRow } from './check/check-row.js';
import { type Person, personSchema } from './check/person.js';
import { createUnitFinder } from './check/unit-finder.js';
import type { CollectionOptions } from './collection-options.js';
import { listContent } from './list-content.js';
import { listTokens } from './list-tokens.js';
import { type ListView, readList } from './read-lists.js';
import { type ListSource, readTable, type Table } from './read-table.js';

export interface Upload {
  /** Whose list it is. */
  readonly unit: Unit;
  readonly source: ListSource;
  readonly by: string;
}

/** `exists`: the same file is known, and this is what became of it. */
export interface UploadedList {
  readonly result: 'created' | 'exists';
  readonly list: ListView;
}

const UNITS_MAX = 100_000;

/**
 * Takes a unit's list: each row is checked, the good ones go in as a draft, the wrong ones are kept to be given back. The
 * same file again changes nothing, however many hand it in at once. Throws TableError where it is no list.
 */
export async function uploadList(options: CollectionOptions, { unit, source, by }: Upload): Promise<UploadedList> {
  const { database, collectionPolicy: policy, cards, clock, tokenKey } = options;
  const now = clock();
  const table = await readTable(source, policy.required, policy.rowsMax);
  const units = await listUnits(database.kysely, { below: unit.path, limit: UNITS_MAX });
  const rules = {
    policy,
    today: shanghaiDay(now.getTime()),
    findUnit: createUnitFinder(unit, units),
    findBank: createBankFinder(cards.options.cardPolicy.banks, policy),
  };
  const checked = table.rows.map((row) => checkRow(row, table.headings, rules));
  const content = listTokens(tokenKey).content(source.format === 'json' ? JSON.stringify(source.rows) : source.bytes);
  const keep = { unit, source, by, content, table, checked, nowMs: now.getTime() };
  return database.inTransaction((transaction) => keepList(transaction, options, keep));
}

interface Keep extends Upload {
  readonly content: string;
  readonly table: Table;
  readonly checked: readonly CheckedRow[];
  readonly nowMs: number;
}

async function keepList(
  transaction: Transaction<Tables>,
  options: CollectionOptions,
  keep: Keep,
): Promise<UploadedList> {
  const { unit, source, by, content, table, checked, nowMs } = keep;
  const { tokenKey, personalDataKey, formerDataKeys, random } = options;
  const sealed = listContent(createPersonalDataCipher(personalDataKey, random, formerDataKeys));
  const list = await nameOfList(transaction, unit.unit, content);
  const row: MemberListsTable = {
    list,
    unit: unit.unit,
    content_token: content,
    format: source.format,
    headings: sealed.sealHeadings(list, table.headings.texts),
    state: 'draft',
    at_unit: unit.unit,
    rows_good: 0,
    rows_wrong: 0,
    rows_known: 0,
    events: 0,
    recorded_at_ms: nowMs,
  };
  const inserted = await insertRows(transaction, 'member_lists', [row], { isIfNew: true, returning: 'list' });
  if (inserted.length === 0) return { result: 'exists', list: (await readList(transaction, list))! };
  const named = checked.filter(isGood).map((each) => nameRow(each, tokenKey));
  const doubled = new Map(doublesInFile(named));
  const single = named.filter((each) => !doubled.has(each.row));
  for (const [number, found] of await claimPersons(transaction, list, single, nowMs)) doubled.set(number, found);
  const rows = checked.map((each): MemberListRowsTable | 'known' => toRow(list, each, doubled.get(each.row), sealed));
  const kept = rows.filter((each) => each !== 'known');
  await insertRows(transaction, 'member_list_rows', kept);
  const good = kept.filter(({ state }) => state === 'good').length;
  await transaction
    .updateTable('member_lists')
    .set({ rows_good: good, rows_wrong: kept.length - good, rows_known: rows.length - kept.length })
    .where('list', '=', list)
    .execute();
  await appendListEvent(transaction, list, { step: 'upload', state: 'draft', atUnit: unit.unit, by, nowMs });
  return { result: 'created', list: (await readList(transaction, list))! };
}

/** The same for the same file of the same unit, until that list is discarded: then it may come anew. */
async function nameOfList(transaction: Transaction<Tables>, unit: string, content: string): Promise<string> {
  const discarded = await transaction
    .selectFrom('member_lists')
    .select('list')
    .where('unit', '=', unit)
    .where('content_token', '=', content)
    .where('state', '=', 'discarded')
    .execute();
  const hash = createHash('sha256').update(`${unit}\n${content}\n${discarded.length}`).digest('hex');
  return `list-${hash.slice(0, 24)}`;
}

type GoodRow = CheckedRow & { readonly person: Person };

const isGood = (row: CheckedRow): row is GoodRow =>
  row.issues.length === 0 && personSchema.safeParse(row.person).success;

function nameRow({ row, person }: GoodRow, tokenKey: Uint8Array): NamedRow {
  const tokens = personTokens(tokenKey);
  return {
    row,
    person,
    identity: tokens.identity(person),
    mobile: tokens.mobile(person.mobile),
    content: listTokens(tokenKey).content(JSON.stringify(personSchema.parse(person))),
  };
}

function toRow(
  list: string,
  checked: CheckedRow,
  doubled: Doubled | undefined,
  sealed: ReturnType<typeof listContent>,
): MemberListRowsTable | 'known' {
  if (doubled === 'known') return 'known';
  const { row } = checked;
  if (doubled === undefined && isGood(checked)) {
    return {
      list,
      row,
      state: 'good',
      issues: null,
      content: sealed.sealPerson(list, row, checked.person),
      member: null,
    };
  }
  const issues = JSON.stringify(doubled ?? checked.issues);
  return { list, row, state: 'wrong', issues, content: sealed.sealCells(list, row, checked.cells), member: null };
}
