import type { Transaction } from 'kysely';
import { appendAudit } from '../audit/index.js';
import type { Tables } from '../storage/index.js';
import type { AccountsTable } from '../storage/people-tables.js';
import { recordAccountEvent } from './account-events.js';
import type { Attempt, LoginGuard } from './login-guard.js';
import { canonicalLoginName } from './login-name.js';
import type { Passwords } from './passwords.js';
import type { PeopleOptions } from './people-options.js';
import { replacePasswordHash } from './replace-password-hash.js';
import type { SecondFactors } from './second-factor.js';
import type { NewSession, Sessions } from './sessions.js';

export interface LogIn {
  readonly name: string;
  readonly password: string;
  /** Of the authenticator, or for recovery. */
  readonly code?: string | undefined;
  readonly address: string;
  readonly device?: string | undefined;
  readonly requestId?: string | undefined;
}

/** `failed` tells neither whether there is such an account nor what was wrong. */
export type LogInOutcome =
  | { readonly kind: 'done'; readonly account: string; readonly session: NewSession }
  | { readonly kind: 'failed' | 'busy' | 'second-factor-needed' }
  | { readonly kind: 'locked'; readonly seconds: number };

export interface LogInParts extends PeopleOptions {
  readonly guard: LoginGuard;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly secondFactors: SecondFactors;
}

/** Who knows the password, and has the second factor where one is set up, gets a session. */
export function createLogIn(parts: LogInParts) {
  const { database, guard, passwords, secondFactors } = parts;
  const { kysely } = database;

  const find = (name: string): Promise<AccountsTable | undefined> =>
    kysely.selectFrom('accounts').selectAll().where('login_name', '=', name).executeTakeFirst();

  async function prove(wanted: LogIn, attempt: Attempt): Promise<LogInOutcome> {
    const account = await find(attempt.name);
    const stored = account?.disabled_at_ms === null ? (account.password_hash ?? undefined) : undefined;
    const checked = await passwords.check(wanted.password, stored);
    if (!checked.isRight || !account || stored === undefined) return { kind: 'failed' };
    const isAsked = await secondFactors.isSet(kysely, account.account);
    if (isAsked && wanted.code === undefined) return { kind: 'second-factor-needed' };
    const code = isAsked ? wanted.code : undefined;
    return database.inTransaction((transaction) =>
      enter(transaction, parts, { ...wanted, code, account: account.account, stored, fresh: checked.fresh }),
    );
  }

  async function enterOrCount(wanted: LogIn): Promise<LogInOutcome> {
    const attempt = { name: canonicalLoginName(wanted.name), address: wanted.address };
    const seconds = await guard.begin(attempt);
    if (seconds !== undefined) return { kind: 'locked', seconds };
    const outcome = await prove(wanted, attempt);
    if (outcome.kind === 'done') await guard.succeeded(attempt);
    else if (outcome.kind !== 'failed') await guard.withdrawn(attempt);
    return outcome;
  }

  return async (wanted: LogIn): Promise<LogInOutcome> => {
    const outcome = await passwords.inTurn(wanted.address, () => enterOrCount(wanted));
    return outcome === 'busy' ? { kind: outcome } : outcome;
  };
}

interface Entry extends LogIn {
  readonly account: string;
  /** As it was when the password was found right: who changes it meanwhile ends this too. */
  readonly stored: string;
  readonly fresh?: string | undefined;
}

async function enter(transaction: Transaction<Tables>, parts: LogInParts, entry: Entry): Promise<LogInOutcome> {
  const { clock, secondFactors, sessions } = parts;
  const { account, code, device, fresh, requestId, stored } = entry;
  if (!(await replacePasswordHash(transaction, { account, stored, next: fresh }))) return { kind: 'failed' };
  const isSet = await secondFactors.isSet(transaction, account);
  if (isSet !== (code !== undefined)) return { kind: 'failed' };
  const by = `account:${account}`;
  if (code !== undefined) {
    const used = await secondFactors.use(transaction, account, code);
    if (used === undefined) return { kind: 'failed' };
    if (used === 'recovery') await recordAccountEvent(transaction, parts, { account, event: 'recovery-code-used', by });
  }
  const session = await sessions.start(transaction, account, device);
  await recordAccountEvent(transaction, parts, { account, event: 'logged-in', by, detail: session.session });
  await appendAudit(transaction, {
    ...{ at: clock(), actor: by, operation: 'logIn', phase: 'done', status: 201 },
    ...(requestId !== undefined && { requestId }),
    detail: { session: session.session },
  });
  return { kind: 'done', account, session };
}
