import { type Kysely, sql, type Transaction } from 'kysely';
import type { GatewayDatabase, Tables } from '../../storage/index.js';
import type { ErasureRefusal } from './erasure-refusal.js';
import { type KeptTable, keptTables } from './personal-data.js';
import { countRowsOf, whereOf } from './rows-of-member.js';
import { whyNotErased } from './why-not-erased.js';

interface Erasure {
  readonly database: GatewayDatabase;
  readonly member: string;
  readonly at: Date;
  /** Who asked for it. */
  readonly by: string;
  readonly reason: string;
}

interface ErasedSection {
  readonly section: string;
  readonly rows: number;
  /** `deleted`: the rows are gone; `cleared`: what of them tells of the person; `kept`: all of it stays. */
  readonly done: KeptTable['onErasure'];
  readonly why?: string;
}

export type ErasureResult =
  | { readonly refusal: ErasureRefusal }
  | { readonly member: string; readonly erasedAt: string; readonly sections: readonly ErasedSection[] };

/**
 * Erases what is known of a person who has left: what tells of the person goes for good, what the books need stays under
 * tokens and the member's number, and each part is told with its reason. Again, it tells the same.
 */
export async function eraseMember(erasure: Erasure): Promise<ErasureResult> {
  const { database, member, at } = erasure;
  const result = await database.inTransaction(async (transaction): Promise<ErasureResult> => {
    const before = await erasedAt(transaction, member);
    const refusal = before === undefined ? await whyNotErased(transaction, member, at) : undefined;
    if (refusal !== undefined) return { refusal };
    if (before === undefined) await noteErasure(transaction, erasure);
    if (database.kind === 'libsql') await sql`pragma secure_delete = on`.execute(transaction);
    const sections: ErasedSection[] = [];
    for (const kept of keptTables) sections.push(await eraseRows(transaction, kept, member));
    if (database.kind === 'libsql') await sql`pragma secure_delete = off`.execute(transaction);
    return { member, erasedAt: new Date(before ?? at).toISOString(), sections };
  });
  if (database.kind === 'libsql' && !('refusal' in result)) {
    // The log of the file still has the pages as they were.
    await sql`pragma wal_checkpoint(truncate)`.execute(database.kysely).catch(() => {});
  }
  return result;
}

async function eraseRows(transaction: Transaction<Tables>, kept: KeptTable, member: string): Promise<ErasedSection> {
  const { table, section, of, onErasure, cleared = {}, why } = kept;
  const rows = await countRowsOf(transaction, kept, member);
  const where = whereOf(of, member);
  if (rows > 0 && onErasure === 'deleted')
    await sql`delete from ${sql.table(table)} where ${where}`.execute(transaction);
  if (rows > 0 && onErasure === 'cleared') {
    const set = Object.entries(cleared).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
    await sql`update ${sql.table(table)} set ${sql.join(set)} where ${where}`.execute(transaction);
  }
  return { section, rows, done: onErasure, ...(why !== undefined && { why }) };
}

async function erasedAt(kysely: Kysely<Tables>, member: string): Promise<number | undefined> {
  const row = await kysely
    .selectFrom('member_erasures')
    .select('erased_at_ms')
    .where('member', '=', member)
    .executeTakeFirst();
  return row?.erased_at_ms;
}

async function noteErasure(transaction: Transaction<Tables>, { member, at, by, reason }: Erasure): Promise<void> {
  await transaction.insertInto('member_erasures').values({ member, erased_at_ms: at.getTime(), by, reason }).execute();
}
