import { type Insertable, sql, type Transaction } from 'kysely';
import { addressGroup } from '../address-group.js';
import { deriveKey } from '../derive-key.js';
import type { Tables } from '../storage/index.js';
import type { LoginFailuresTable } from '../storage/people-tables.js';
import type { PeopleOptions } from './people-options.js';
import policy from './people-policy.json';
import { keyedHash } from './people-secrets.js';

/** Who tries: the login name as it was given, whether there is such an account or not, and the address. */
export interface Attempt {
  readonly name: string;
  readonly address: string;
}

/**
 * Counts attempts before they are made, so that many at once are not more than many one after the other, and makes the
 * next one wait where too many failed in a row. The counts are in the database: every process keeps the same.
 */
export interface LoginGuard {
  /** Seconds to wait, or `undefined`: go on, and say how it ended. */
  begin(attempt: Attempt): Promise<number | undefined>;
  succeeded(attempt: Attempt): Promise<void>;
  /** It came to no answer: neither good nor bad. */
  withdrawn(attempt: Attempt): Promise<void>;
}

interface Rule {
  readonly failuresFree: number;
  readonly firstSeconds: number;
  readonly longestSeconds: number;
}

/** Milliseconds to wait behind so many failures: twice as long for each one more. */
export function waitAfter(failures: number, { failuresFree, firstSeconds, longestSeconds }: Rule): number {
  if (failures < failuresFree) return 0;
  return Math.min(longestSeconds, firstSeconds * 2 ** Math.min(failures - failuresFree, 30)) * 1000;
}

const FORGOTTEN_MS = policy.lockOut.forgottenAfterHours * 3_600_000;

export function createLoginGuard({ database, clock, tokenKey }: PeopleOptions): LoginGuard {
  const key = deriveKey(tokenKey, 'yongtap login failures');
  const subjectOf = ({ name, address }: Attempt) => ({
    name: keyedHash(key, 'name', name),
    address: keyedHash(key, 'address', addressGroup(address)),
  });

  /** Whether the attempt may go on; its failure counts already. */
  async function count(transaction: Transaction<Tables>, subject: string, rule: Rule): Promise<boolean> {
    const nowMs = clock().getTime();
    const row: Insertable<LoginFailuresTable> = { subject, failures: 1, last_at_ms: nowMs, locked_until_ms: 0 };
    const counted = await transaction
      .insertInto('login_failures')
      .values(row)
      .onConflict((conflict) =>
        conflict
          .column('subject')
          .doUpdateSet({
            failures: sql<number>`case when login_failures.last_at_ms < ${nowMs - FORGOTTEN_MS} then 1 else login_failures.failures + 1 end`,
            last_at_ms: nowMs,
          })
          .where('login_failures.locked_until_ms', '<=', nowMs),
      )
      .returning('failures')
      .executeTakeFirst();
    if (!counted) return false;
    const waitMs = waitAfter(counted.failures, rule);
    const counting = transaction.updateTable('login_failures').where('subject', '=', subject);
    if (waitMs > 0) await counting.set({ locked_until_ms: nowMs + waitMs }).execute();
    return true;
  }

  async function uncount(transaction: Transaction<Tables>, subject: string): Promise<void> {
    await transaction
      .updateTable('login_failures')
      .set({ failures: sql<number>`case when failures > 0 then failures - 1 else 0 end`, locked_until_ms: 0 })
      .where('subject', '=', subject)
      .execute();
  }

  async function secondsLeft(transaction: Transaction<Tables>, subject: string): Promise<number> {
    const row = await transaction
      .selectFrom('login_failures')
      .select('locked_until_ms')
      .where('subject', '=', subject)
      .executeTakeFirst();
    return Math.max(1, Math.ceil(((row?.locked_until_ms ?? 0) - clock().getTime()) / 1000));
  }

  return {
    begin: (attempt) =>
      database.inTransaction(async (transaction) => {
        const { name, address } = subjectOf(attempt);
        // Always the name first: two that wait for each other's row would wait for ever.
        if (!(await count(transaction, name, policy.lockOut.name))) return secondsLeft(transaction, name);
        if (await count(transaction, address, policy.lockOut.address)) return undefined;
        await uncount(transaction, name);
        return secondsLeft(transaction, address);
      }),
    succeeded: (attempt) =>
      database.inTransaction(async (transaction) => {
        const { name, address } = subjectOf(attempt);
        await transaction.deleteFrom('login_failures').where('subject', '=', name).execute();
        await uncount(transaction, address);
      }),
    withdrawn: (attempt) =>
      database.inTransaction(async (transaction) => {
        const { name, address } = subjectOf(attempt);
        await uncount(transaction, name);
        await uncount(transaction, address);
      }),
  };
}
