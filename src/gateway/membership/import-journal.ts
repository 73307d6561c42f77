import type { Kysely } from 'kysely';
import type { Tables } from '../storage/index.js';
import type { MemberImportsTable } from '../storage/member-import-tables.js';

/** An import that is recorded in lots. */
export interface MemberImport {
  /** What names the file: the same file again is the same import. */
  readonly file: string;
  /** `recording`: under way, or stopped halfway; the same file again goes on. */
  readonly state: 'recording' | 'done';
  readonly records: number;
  readonly recorded: number;
  readonly begunAt: string;
  /** When the last lot was recorded. */
  readonly advancedAt: string;
}

/** Notes how far an import is, in the transaction that records a lot. */
export async function noteImport(
  kysely: Kysely<Tables>,
  { file, records, recorded, nowMs }: Pick<MemberImport, 'file' | 'records' | 'recorded'> & { readonly nowMs: number },
): Promise<void> {
  const ended = recorded === records ? nowMs : null;
  await kysely
    .insertInto('member_imports')
    .values({ file, records, recorded, begun_at_ms: nowMs, advanced_at_ms: nowMs, ended_at_ms: ended })
    .onConflict((conflict) =>
      conflict.column('file').doUpdateSet({ recorded, advanced_at_ms: nowMs, ended_at_ms: ended }),
    )
    .execute();
}

const HISTORY_MAX = 100;

/** Imports that were recorded in lots, the latest first: at most a hundred. */
export async function readImports(kysely: Kysely<Tables>): Promise<readonly MemberImport[]> {
  const rows = await kysely
    .selectFrom('member_imports')
    .selectAll()
    .orderBy('begun_at_ms', 'desc')
    .orderBy('file')
    .limit(HISTORY_MAX)
    .execute();
  return rows.map(toImport);
}

const toImport = (row: MemberImportsTable): MemberImport => ({
  file: row.file,
  state: row.ended_at_ms === null ? 'recording' : 'done',
  records: row.records,
  recorded: row.recorded,
  begunAt: new Date(row.begun_at_ms).toISOString(),
  advancedAt: new Date(row.advanced_at_ms).toISOString(),
});
