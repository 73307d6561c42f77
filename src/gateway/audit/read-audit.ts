import type { Kysely } from 'kysely';
import type { Tables } from '../storage/index.js';
import { HEAD_NAME } from './append-audit.js';
import { type AuditRecord, FIRST_PREVIOUS_HASH } from './audit-record.js';
import { fromRow } from './audit-row.js';

/** Where the chain ends. */
export interface AuditHead {
  /** 0 of a chain without records. */
  readonly sequence: number;
  readonly hash: string;
}

export interface AuditQuery {
  readonly limit: number;
  /** Beyond this sequence number. */
  readonly after?: number | undefined;
  readonly actor?: string | undefined;
  readonly operation?: string | undefined;
}

/** Records in the order in which they were added. */
export async function readAudit(kysely: Kysely<Tables>, query: AuditQuery): Promise<AuditRecord[]> {
  let select = kysely.selectFrom('audit_records').selectAll().orderBy('sequence').limit(query.limit);
  if (query.after !== undefined) select = select.where('sequence', '>', query.after);
  if (query.actor !== undefined) select = select.where('actor', '=', query.actor);
  if (query.operation !== undefined) select = select.where('operation', '=', query.operation);
  return (await select.execute()).map(fromRow);
}

const PAGE = 1000;

/** All records, some at a time. */
export async function* streamAudit(kysely: Kysely<Tables>): AsyncGenerator<AuditRecord> {
  let after = 0;
  for (;;) {
    const page = await readAudit(kysely, { limit: PAGE, after });
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.sequence;
  }
}

export async function readAuditHead(kysely: Kysely<Tables>): Promise<AuditHead> {
  const head = await kysely
    .selectFrom('audit_head')
    .select(['sequence', 'hash'])
    .where('name', '=', HEAD_NAME)
    .executeTakeFirst();
  return head ?? { sequence: 0, hash: FIRST_PREVIOUS_HASH };
}
