import Database from 'libsql';

/** A record that was put in, with its key and its place among all. */
export interface SortedRecord {
  readonly key: string;
  readonly text: string;
}

/**
 * Sorts more records than memory holds, in a temporary database of its own: a file without a name that the system
 * removes when it is closed, or when the process dies.
 */
export interface RecordSorter {
  put(key: string, text: string): void;
  /** All records in lots of `atLeast` or somewhat more: by key, those of one key in one lot and in their order. */
  lots(atLeast: number): Generator<readonly SortedRecord[]>;
  close(): void;
}

interface Row extends SortedRecord {
  readonly id: number;
}

/** Rows of one statement: each call of the driver costs as much as ten rows do. */
const ROWS_TOGETHER = 100;

export function openRecordSorter(): RecordSorter {
  const database = new Database('');
  database.exec('create table records (id integer primary key, key text not null, text text not null)');
  database.exec('pragma cache_size=-65536');
  database.exec('begin');
  const insert = (rows: number) =>
    database.prepare(`insert into records (key, text) values ${Array(rows).fill('(?, ?)').join(', ')}`);
  const insertMany = insert(ROWS_TOGETHER);
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
      database.exec('create index if not exists records_key on records (key, id)');
      yield* lotsOf(database, atLeast);
    },
    close: () => database.close(),
  };
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
