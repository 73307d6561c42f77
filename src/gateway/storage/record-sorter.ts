import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';

/** A record that was put in, with its key and its place among all. */
export interface SortedRecord {
  readonly key: string;
  readonly text: string;
}

/**
 * Sorts more records than memory holds, in a database of its own: a file for its owner's eyes only, whose name is taken
 * away at once, so that the system removes it when it is closed, or when the process dies. (A database without a name
 * would be one in memory to this driver.)
 */
export interface RecordSorter {
  put(key: string, text: string): void;
  /** All records in lots of `atLeast` or somewhat more: by key, those of one key in one lot and in their order. */
  lots(atLeast: number): Generator<readonly SortedRecord[]>;
  /** Whether a thing is the owner's: of several who claim it, the first one's. */
  claim(thing: string, owner: string): boolean;
  close(): void;
}

interface Row extends SortedRecord {
  readonly id: number;
}

/** Rows of one statement: each call of the driver costs as much as ten rows do. */
const ROWS_TOGETHER = 100;

export function openRecordSorter(): RecordSorter {
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-sorter-'));
  const database = new Database(join(folder, 'records.db'));
  // Nothing of it outlives the process: neither a journal nor a sync is of use.
  database.exec('pragma journal_mode=off; pragma synchronous=off; pragma locking_mode=exclusive');
  database.exec('create table records (id integer primary key, key text not null, text text not null)');
  // An index that is made at the end would hold up the whole process for as long as all else together.
  database.exec('create index records_key on records (key, id)');
  database.exec('create table claims (thing text primary key, owner text not null) without rowid');
  database.exec('pragma cache_size=-65536');
  database.exec('begin');
  takeNameAway(folder);
  const insert = (rows: number) =>
    database.prepare(`insert into records (key, text) values ${Array(rows).fill('(?, ?)').join(', ')}`);
  const insertMany = insert(ROWS_TOGETHER);
  const insertClaim = database.prepare('insert into claims (thing, owner) values (?, ?) on conflict do nothing');
  const selectClaim = database.prepare('select owner from claims where thing = ?');
  let waiting: string[] = [];
  const flush = () => {
    if (waiting.length > 0) insert(waiting.length / 2).run(waiting);
    waiting = [];
  };
  return {
    put(key, text) {
      waiting.push(key, text);
      if (waiting.length < 2 * ROWS_TOGETHER) return;
      insertMany.run(waiting);
      waiting = [];
    },
    *lots(atLeast) {
      flush();
      yield* lotsOf(database, atLeast);
    },
    claim(thing, owner) {
      if (insertClaim.run([thing, owner]).changes > 0) return true;
      return (selectClaim.get([thing]) as { readonly owner: string }).owner === owner;
    },
    close() {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where the system does not let go of a name in use, the folder goes when the sorter is closed. */
function takeNameAway(folder: string): void {
  try {
    rmSync(folder, { recursive: true });
  } catch {}
}

function* lotsOf(database: Database.Database, atLeast: number): Generator<readonly SortedRecord[]> {
  const select = database.prepare(
    'select id, key, text from records where (key, id) > (?, ?) order by key, id limit ?',
  );
  let lot: Row[] = [];
  for (let last: Pick<Row, 'key' | 'id'> = { key: '', id: 0 }; ; ) {
    const rows = select.all([last.key, last.id, atLeast]) as Row[];
    const cut = rows.findLastIndex((row, index) => row.key !== (rows[index - 1] ?? lot.at(-1))?.key);
    if (cut < 0) lot.push(...rows);
    else {
      const full = [...lot, ...rows.slice(0, cut)];
      if (full.length > 0) yield full;
      lot = rows.slice(cut);
    }
    if (rows.length < atLeast) break;
    last = rows.at(-1)!;
  }
  if (lot.length > 0) yield lot;
}
