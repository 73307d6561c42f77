import type { Transaction } from 'kysely';
import type { Tables } from '../storage/index.js';
import type { MessageSeal } from './message-seal.js';
import { lifetimeOf, type MessageTemplate, type MessageValues, wordMessage } from './message-templates.js';

export interface NewMessage {
  /** A mobile number. */
  readonly to: string;
  readonly template: MessageTemplate;
  /** What fills the template's blanks; sealed as the number is. */
  readonly values: MessageValues;
  /** Whom it is for, so that it can be forgotten with the member. */
  readonly member?: string | undefined;
}

export interface SendOptions {
  readonly seal: MessageSeal;
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
  /** Whether there is nobody who delivers: the message is kept until it expires. */
  readonly isKept: boolean;
}

const ID_LENGTH = 16;

/** Puts a message into the outbox, to be delivered once the transaction is kept and only then. Gives its id. */
export async function putMessage(
  transaction: Transaction<Tables>,
  { to, template, values, member }: NewMessage,
  { seal, clock, random, isKept }: SendOptions,
): Promise<string> {
  wordMessage(template, values);
  const id = `msg_${Buffer.from(random(ID_LENGTH)).toString('hex')}`;
  const nowMs = clock().getTime();
  await transaction
    .insertInto('messages')
    .values({
      id,
      template,
      member: member ?? null,
      sealed: seal.seal(id, { to, values }),
      state: isKept ? 'kept' : 'pending',
      attempts: 0,
      outcome: null,
      created_at_ms: nowMs,
      expires_at_ms: nowMs + lifetimeOf(template),
      next_attempt_at_ms: nowMs,
      leased_until_ms: 0,
    })
    .execute();
  return id;
}
