import { setTimeout } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { RecordSorter, SortedRecord, Tables } from '../storage/index.js';
import { noteImport } from './import-journal.js';
import type { ImportOptions } from './import-options.js';
import { type MembershipChanges, noChanges } from './membership-changes.js';
import { MembershipError, type MembershipIssue } from './membership-error.js';
import { addPreparedText } from './prepared-record.js';
import {
  beginRecording,
  followLeavers,
  ISSUES_MAX,
  NOTHING_RECORDED,
  type RecordedChanges,
  recordPart,
  sumOfChanges,
} from './record-changes.js';
import { refuse } from './recording.js';

/** What a file that was read holds, and its name in the journal. */
export interface PutAside {
  readonly sorter: RecordSorter;
  readonly records: number;
  readonly file: string;
}

/** Records of one transaction: whoever hands in a tap waits for so many at most. */
const LOT = 200;

/** Between two lots, so that writers in other processes have their turn: they ask every two milliseconds. */
const PAUSE_MS = 4;

/**
 * Records a long file in many short transactions, for a database with one writer. Every lot is first tried and undone:
 * nothing is recorded unless all of the file can be. Throws MembershipError, too where what others recorded meanwhile
 * contradicts the file; what was recorded until then stays, as it does when the process dies, and the same file again
 * goes on.
 */
export async function recordInLots(aside: PutAside, options: ImportOptions): Promise<RecordedChanges> {
  await tryAll(aside, options);
  return recordAll(aside, options);
}

async function tryAll({ sorter }: PutAside, options: ImportOptions): Promise<void> {
  const issues: MembershipIssue[] = [];
  let records = 0;
  for (const lot of sorter.lots(LOT)) {
    const changes = changesOf(lot);
    await undone(options, (transaction) => recordLot(changes, transaction, options, issues));
    for (const { token, member = '', origin } of changes.cards) {
      const isTold = issues.some(({ index, code }) => index === origin.index && code === 'card-of-other-member');
      if (!sorter.claim(token, member) && !isTold) refuse({ issues }, origin, 'card', 'card-of-other-member');
    }
    records += lot.length;
    options.onProgress?.({ phase: 'checking', records });
    if (issues.length >= ISSUES_MAX) break;
    await setTimeout(PAUSE_MS);
  }
  throwAll(issues);
}

async function recordAll({ sorter, records, file }: PutAside, options: ImportOptions): Promise<RecordedChanges> {
  let sum = NOTHING_RECORDED;
  let recorded = 0;
  for (const lot of sorter.lots(LOT)) {
    const changes = await options.database.inTransaction(async (transaction) => {
      const issues: MembershipIssue[] = [];
      const made = await recordLot(changesOf(lot), transaction, options, issues);
      throwAll(issues);
      const nowMs = options.clock().getTime();
      await noteImport(transaction, { file, records, recorded: recorded + lot.length, nowMs });
      return made;
    });
    sum = sumOfChanges(sum, changes);
    recorded += lot.length;
    options.onProgress?.({ phase: 'recording', records: recorded });
    await setTimeout(PAUSE_MS);
  }
  return sum;
}

function changesOf(lot: readonly SortedRecord[]): MembershipChanges {
  const changes = noChanges();
  for (const { text } of lot) addPreparedText(changes, text);
  return changes;
}

async function recordLot(
  changes: MembershipChanges,
  transaction: Transaction<Tables>,
  options: ImportOptions,
  issues: MembershipIssue[],
): Promise<RecordedChanges> {
  const recording = beginRecording(options, transaction, { isBulk: true });
  const recorded = await recordPart(recording, changes);
  await followLeavers(options, recording);
  issues.push(...recording.issues);
  return recorded;
}

function throwAll(issues: readonly MembershipIssue[]): void {
  if (issues.length > 0) throw new MembershipError(issues.slice(0, ISSUES_MAX));
}

const UNDONE = new Error('a trial is undone');

/** Does it in a transaction that is never kept. */
async function undone(
  { database }: ImportOptions,
  work: (transaction: Transaction<Tables>) => Promise<unknown>,
): Promise<void> {
  const trial = database.inTransaction(async (transaction) => {
    await work(transaction);
    throw UNDONE;
  });
  await trial.catch((error: unknown) => {
    if (error !== UNDONE) throw error;
  });
}
