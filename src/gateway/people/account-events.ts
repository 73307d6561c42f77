import type { Transaction } from 'kysely';
import type { Tables } from '../storage/index.js';
import type { PeopleOptions } from './people-options.js';
import { makeId } from './people-secrets.js';

export const accountEvents = [
  'made',
  'invited',
  'password-set',
  'password-changed',
  'reset',
  'disabled',
  'enabled',
  'roles-changed',
  'logged-in',
  'second-factor-set',
  'second-factor-removed',
  'recovery-codes-made',
  'recovery-code-used',
] as const;

export type AccountEvent = (typeof accountEvents)[number];

export interface NewAccountEvent {
  readonly account: string;
  readonly event: AccountEvent;
  /** `key:…`, `account:…`. */
  readonly by: string;
  readonly detail?: string | undefined;
}

/** Writes down what became of an account, with whatever else the transaction changes. */
export async function recordAccountEvent(
  transaction: Transaction<Tables>,
  { clock, random }: Pick<PeopleOptions, 'clock' | 'random'>,
  { account, event, by, detail }: NewAccountEvent,
): Promise<void> {
  const row = { event_id: makeId(random, 'evt_'), account, event, at_ms: clock().getTime(), by };
  await transaction
    .insertInto('account_events')
    .values({ ...row, detail: detail ?? null })
    .execute();
}
