import { createHmac } from 'node:crypto';
import type { Transaction } from 'kysely';
import { canonicalJson } from '../../tap/index.js';
import { deriveKey } from '../derive-key.js';
import type { CardEventsTable, Tables } from '../storage/index.js';

export const subjectOfOrder = (id: string): string => `order:${id}`;
export const subjectOfCard = (token: string): string => `card:${token}`;

/** A step that was taken. */
export interface CardEvent {
  readonly subject: string;
  readonly step: string;
  /** The state after it. */
  readonly state: string;
  /** ISO 8601 with offset: it holds from then on. */
  readonly at: string;
  readonly nowMs: number;
  /** Who: `key:…`, `account:…`, `command-line`. */
  readonly by: string;
  readonly reason?: string | undefined;
  /** What was found, without anything personal. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly contentHash: string;
}

/** What was asked, by whom: keyed, for it may hold what nobody shall guess from a hash. */
export function hashStep(tokenKey: Uint8Array, by: string, content: unknown): string {
  const key = deriveKey(tokenKey, 'yongtap card steps');
  return createHmac('sha256', key).update(canonicalJson({ by, content })).digest('hex');
}

type Reader = Pick<Transaction<Tables>, 'selectFrom'>;

/** The events of some subjects, each subject's in their order. */
export async function readEvents(reader: Reader, subjects: readonly string[]): Promise<readonly CardEventsTable[]> {
  if (subjects.length === 0) return [];
  return reader
    .selectFrom('card_events')
    .selectAll()
    .where('subject', 'in', subjects)
    .orderBy('subject')
    .orderBy('number')
    .execute();
}

/** Writes an event behind the others of its subject, which the caller holds. */
export async function appendEvent(transaction: Transaction<Tables>, event: CardEvent): Promise<void> {
  const { subject, step, state, at, nowMs, by, reason, details = {}, contentHash } = event;
  const last = await transaction
    .selectFrom('card_events')
    .select('number')
    .where('subject', '=', subject)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  await transaction
    .insertInto('card_events')
    .values({
      subject,
      number: (last?.number ?? 0) + 1,
      step,
      state,
      at,
      at_ms: Date.parse(at),
      recorded_at_ms: nowMs,
      by,
      reason: reason ?? null,
      details: JSON.stringify(details),
      content_hash: contentHash,
    })
    .execute();
}
