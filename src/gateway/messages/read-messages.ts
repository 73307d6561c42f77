import type { Kysely } from 'kysely';
import { maskMobile } from '../membership/privacy/mask-private-data.js';
import type { Tables } from '../storage/index.js';
import type { MessagesTable } from '../storage/message-tables.js';
import type { MessageSeal } from './message-seal.js';
import { type MessageTemplate, wordMessage } from './message-templates.js';

export interface MessageView {
  readonly id: string;
  readonly template: MessageTemplate;
  readonly state: MessagesTable['state'];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly attempts: number;
  /** What became of the last attempt. */
  readonly outcome?: string;
  readonly member?: string;
  /** Told of messages that nobody delivers. */
  readonly to?: string;
  readonly text?: string;
  readonly textZh?: string;
}

export interface MessageQuery {
  readonly limit: number;
  readonly template?: MessageTemplate | undefined;
  /** Older than this message, by creation and id. */
  readonly after?: { readonly atMs: number; readonly id: string } | undefined;
  /** Whether mobile numbers are told in full. */
  readonly isRevealed: boolean;
}

const instant = (ms: number): string => new Date(ms).toISOString();

/** The outbox, the youngest first, without what has expired. Words and number only of what nobody delivers. */
export async function readMessages(
  kysely: Kysely<Tables>,
  seal: MessageSeal,
  { limit, template, after, isRevealed }: MessageQuery,
  now: Date,
): Promise<readonly (MessageView & { readonly createdAtMs: number })[]> {
  let select = kysely
    .selectFrom('messages')
    .selectAll()
    .where('expires_at_ms', '>', now.getTime())
    .orderBy('created_at_ms', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (template !== undefined) select = select.where('template', '=', template);
  if (after !== undefined) {
    select = select.where(({ eb, and, or }) =>
      or([eb('created_at_ms', '<', after.atMs), and([eb('created_at_ms', '=', after.atMs), eb('id', '<', after.id)])]),
    );
  }
  return (await select.execute()).map((row) => ({
    id: row.id,
    template: row.template,
    state: row.state,
    createdAt: instant(row.created_at_ms),
    createdAtMs: row.created_at_ms,
    expiresAt: instant(row.expires_at_ms),
    attempts: row.attempts,
    ...(row.outcome !== null && { outcome: row.outcome }),
    ...(row.member !== null && { member: row.member }),
    ...(row.state === 'kept' && row.sealed !== null && open(seal, row.id, row.template, row.sealed, isRevealed)),
  }));
}

function open(seal: MessageSeal, id: string, template: MessageTemplate, sealed: string, isRevealed: boolean) {
  const { to, values } = seal.open(id, sealed);
  return { to: isRevealed ? to : maskMobile(to), ...wordMessage(template, values) };
}
