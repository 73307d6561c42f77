import type { Kysely, Transaction } from 'kysely';
import { deriveKey } from '../derive-key.js';
import type { Tables } from '../storage/index.js';
import { parseRoles, readReach } from './account-row.js';
import type { PeopleOptions } from './people-options.js';
import policy from './people-policy.json';
import { hashOfToken, keyedHash, makeId, makeToken } from './people-secrets.js';
import type { Reach } from './reach.js';
import { type Role, roleDefinitions } from './roles.js';

/** Somebody whose session holds. */
export interface LoggedIn {
  readonly account: string;
  readonly session: string;
  readonly roles: readonly Role[];
  readonly reach: Reach;
  /** A role wants a second factor, and none is set up: nothing but that may be done. */
  readonly lacksSecondFactor: boolean;
  /** What a request that changes something has to repeat. */
  readonly csrfToken: string;
}

/** Told once. */
export interface NewSession {
  readonly session: string;
  /** For the cookie. */
  readonly token: string;
  readonly csrfToken: string;
  readonly expiresAtMs: number;
}

export interface SessionView {
  readonly session: string;
  readonly startedAt: string;
  /** Within a minute. */
  readonly seenAt: string;
  readonly expiresAt: string;
  readonly device?: string;
}

export type EndReason =
  | 'logged-out'
  | 'ended-by-owner'
  | 'renewed'
  | 'too-many'
  | 'password'
  | 'roles'
  | 'reset'
  | 'disabled'
  | 'second-factor';

export interface Sessions {
  /** Whose token this is, if it still holds: looked up each time, so that one that was ended holds nowhere. */
  find(token: string): Promise<LoggedIn | undefined>;
  /** Always a new token: one that somebody brought along is never taken over. */
  start(transaction: Transaction<Tables>, account: string, device: string | undefined): Promise<NewSession>;
  /** Those that hold, the newest first. */
  list(account: string): Promise<readonly SessionView[]>;
  /** Whether there was such a session. */
  end(account: string, session: string, reason: EndReason): Promise<boolean>;
  endAll(transaction: Transaction<Tables>, account: string, reason: EndReason): Promise<void>;
}

const { absoluteHours, idleMinutes, ofOneAccountMax, seenEachSeconds } = policy.session;
const ABSOLUTE_MS = absoluteHours * 3_600_000;
const IDLE_MS = idleMinutes * 60_000;
const DEVICE_LENGTH_MAX = 200;

export function createSessions(options: Pick<PeopleOptions, 'database' | 'clock' | 'random' | 'tokenKey'>): Sessions {
  const { clock, random, tokenKey } = options;
  const { kysely } = options.database;
  const csrfKey = deriveKey(tokenKey, 'yongtap csrf');
  const csrfOf = (tokenHash: string) => keyedHash(csrfKey, tokenHash);

  const holding = (from: Kysely<Tables>) => {
    const nowMs = clock().getTime();
    return from
      .selectFrom('account_sessions')
      .where('ended_at_ms', 'is', null)
      .where('expires_at_ms', '>', nowMs)
      .where('seen_at_ms', '>', nowMs - IDLE_MS);
  };

  const ending = (from: Kysely<Tables>, account: string, end_reason: EndReason) =>
    from
      .updateTable('account_sessions')
      .set({ ended_at_ms: clock().getTime(), end_reason })
      .where('account', '=', account)
      .where('ended_at_ms', 'is', null);

  /** Nobody waits for it, and it may fail: the next request does it again. */
  function noteUse(tokenHash: string, seenAtMs: number): void {
    const nowMs = clock().getTime();
    if (nowMs - seenAtMs < seenEachSeconds * 1000) return;
    const row = kysely.updateTable('account_sessions').set({ seen_at_ms: nowMs }).where('token_hash', '=', tokenHash);
    row.execute().catch(() => {});
  }

  async function endOldest(transaction: Transaction<Tables>, account: string): Promise<void> {
    const rows = await holding(transaction)
      .select('session')
      .where('account', '=', account)
      .orderBy('started_at_ms', 'desc')
      .execute();
    const tooMany = rows.slice(ofOneAccountMax - 1).map(({ session }) => session);
    if (tooMany.length > 0) await ending(transaction, account, 'too-many').where('session', 'in', tooMany).execute();
  }

  return {
    async find(token) {
      const tokenHash = hashOfToken(token);
      const found = await holding(kysely)
        .innerJoin('accounts', 'accounts.account', 'account_sessions.account')
        .leftJoin('second_factors', 'second_factors.account', 'accounts.account')
        .selectAll('accounts')
        .select(['account_sessions.session', 'account_sessions.seen_at_ms', 'second_factors.confirmed_at_ms'])
        .where('account_sessions.token_hash', '=', tokenHash)
        .where('accounts.disabled_at_ms', 'is', null)
        .executeTakeFirst();
      const reach = found && (await readReach(kysely, found));
      if (!reach) return undefined;
      noteUse(tokenHash, found.seen_at_ms);
      const roles = parseRoles(found.roles);
      const isAsked = roles.some((role) => roleDefinitions[role].secondFactor);
      return {
        account: found.account,
        session: found.session,
        roles,
        reach,
        lacksSecondFactor: isAsked && found.confirmed_at_ms === null,
        csrfToken: csrfOf(tokenHash),
      };
    },
    async start(transaction, account, device) {
      await endOldest(transaction, account);
      const token = makeToken(random, 'yts_');
      const nowMs = clock().getTime();
      const row = {
        token_hash: hashOfToken(token),
        session: makeId(random, 'ses_'),
        account,
        started_at_ms: nowMs,
        seen_at_ms: nowMs,
        expires_at_ms: nowMs + ABSOLUTE_MS,
        ended_at_ms: null,
        end_reason: null,
        device: device?.replace(/[^\x20-\x7e]/g, '').slice(0, DEVICE_LENGTH_MAX) || null,
      };
      await transaction.insertInto('account_sessions').values(row).execute();
      return { session: row.session, token, csrfToken: csrfOf(row.token_hash), expiresAtMs: row.expires_at_ms };
    },
    async list(account) {
      const rows = await holding(kysely)
        .selectAll()
        .where('account', '=', account)
        .orderBy('started_at_ms', 'desc')
        .orderBy('session')
        .execute();
      return rows.map(({ session, started_at_ms, seen_at_ms, expires_at_ms, device }) => ({
        session,
        startedAt: new Date(started_at_ms).toISOString(),
        seenAt: new Date(seen_at_ms).toISOString(),
        expiresAt: new Date(expires_at_ms).toISOString(),
        ...(device !== null && { device }),
      }));
    },
    async end(account, session, reason) {
      const { numUpdatedRows } = await ending(kysely, account, reason)
        .where('session', '=', session)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },
    async endAll(transaction, account, reason) {
      await ending(transaction, account, reason).execute();
    },
  };
}
