import type { Transaction } from 'kysely';
import { appendAudit } from '../audit/index.js';
import type { Tables } from '../storage/index.js';
import type { AccountsTable } from '../storage/people-tables.js';
import { type AccountEvent, recordAccountEvent } from './account-events.js';
import { parseRoles } from './account-row.js';
import { type Belongs, belongsOf } from './account-view.js';
import { judgePassword, type PasswordFault } from './judge-password.js';
import type { LogInParts } from './log-in.js';
import { hashOfToken } from './people-secrets.js';
import { replacePasswordHash } from './replace-password-hash.js';
import { roleDefinitions } from './roles.js';
import type { SecondFactorSetup } from './second-factor.js';
import type { NewSession } from './sessions.js';

/** A session that asks, and where from. */
export interface Asker {
  readonly account: string;
  readonly address: string;
  readonly device?: string | undefined;
}

export type Refused =
  | { readonly kind: 'busy' | 'password-wrong' | 'code-wrong' | 'already-set' | 'not-set' | 'needed' | 'unknown' }
  /** The account was reset, changed or disabled meanwhile, which has ended the session. */
  | { readonly kind: 'over' }
  | { readonly kind: 'locked'; readonly seconds: number }
  | { readonly kind: 'password-refused'; readonly fault: PasswordFault };

/** What somebody is told of their own account. */
export interface OwnAccountView extends Belongs {
  readonly name: string;
  readonly secondFactor: boolean;
  readonly recoveryCodesLeft?: number;
}

/** What people do with their own account. What makes it safer is asked for with the password, and counts failures as a log-in does. */
export interface OwnAccount {
  describe(account: string): Promise<OwnAccountView | undefined>;
  /** Takes an invitation up: the first password, or one after a reset. */
  setPassword(invitation: string, password: string, address: string): Promise<{ readonly name: string } | Refused>;
  /** Ends every session, and begins one anew. */
  changePassword(asker: Asker, present: string, next: string): Promise<NewSession | Refused>;
  beginSecondFactor(asker: Asker, password: string): Promise<SecondFactorSetup | Refused>;
  /** Ends every session, and begins one anew, which may do what the roles say. */
  confirmSecondFactor(
    asker: Asker,
    code: string,
  ): Promise<{ readonly recoveryCodes: readonly string[]; readonly session: NewSession } | Refused>;
  removeSecondFactor(asker: Asker, password: string, code: string): Promise<'removed' | Refused>;
  makeRecoveryCodes(asker: Asker, password: string, code: string): Promise<readonly string[] | Refused>;
}

export const isRefused = (outcome: unknown): outcome is Refused =>
  typeof outcome === 'object' && outcome !== null && 'kind' in outcome;

export function createOwnAccount(parts: LogInParts): OwnAccount {
  const { clock, database, guard, passwords, secondFactors, sessions } = parts;
  const { kysely } = database;

  const read = (account: string): Promise<AccountsTable | undefined> =>
    kysely.selectFrom('accounts').selectAll().where('account', '=', account).executeTakeFirst();

  const note = (transaction: Transaction<Tables>, account: string, event: AccountEvent) =>
    recordAccountEvent(transaction, parts, { account, event, by: `account:${account}` });

  const inTurn = async <Done>(address: string, work: () => Promise<Done | Refused>): Promise<Done | Refused> => {
    const outcome = await passwords.inTurn(address, work);
    return outcome === 'busy' ? { kind: 'busy' } : (outcome as Done | Refused);
  };

  /** Wrong passwords and wrong codes count as those of a log-in do. */
  const counted = <Done>(
    { account, address }: Asker,
    work: (row: AccountsTable) => Promise<Done | Refused>,
  ): Promise<Done | Refused> =>
    inTurn(address, async () => {
      const row = await read(account);
      if (!row) return { kind: 'over' };
      const attempt = { name: row.login_name, address };
      const seconds = await guard.begin(attempt);
      if (seconds !== undefined) return { kind: 'locked', seconds };
      const outcome = await work(row);
      if (!isRefused(outcome)) await guard.succeeded(attempt);
      else if (outcome.kind !== 'code-wrong' && outcome.kind !== 'password-wrong') await guard.withdrawn(attempt);
      return outcome;
    });

  /** Does what the password is asked for, once it was right. */
  const withPassword = <Done>(asker: Asker, password: string, work: (row: AccountsTable) => Promise<Done | Refused>) =>
    counted<Done>(asker, async (row) => {
      const { isRight } = await passwords.check(password, row.password_hash ?? undefined);
      return isRight ? work(row) : { kind: 'password-wrong' };
    });

  /** Changes an account that is still as it was when its session, and its password, were found right. */
  const change = <Done>(
    { account, password_hash: stored }: AccountsTable,
    work: (transaction: Transaction<Tables>) => Promise<Done | Refused>,
    next?: string,
  ): Promise<Done | Refused> =>
    database.inTransaction(async (transaction): Promise<Done | Refused> => {
      const isAsRead = await replacePasswordHash(transaction, { account, stored, next });
      return isAsRead ? work(transaction) : { kind: 'over' };
    });

  const openInvitation = (from: typeof kysely, token: string) =>
    from
      .selectFrom('account_invitations')
      .innerJoin('accounts', 'accounts.account', 'account_invitations.account')
      .select(['accounts.account', 'login_name'])
      .where('token_hash', '=', hashOfToken(token))
      .where('ended_at_ms', 'is', null)
      .where('expires_at_ms', '>', clock().getTime())
      .where('disabled_at_ms', 'is', null)
      .executeTakeFirst();

  async function takeUp(invitation: string, password: string): Promise<{ readonly name: string } | Refused> {
    const open = await openInvitation(kysely, invitation);
    if (!open) return { kind: 'unknown' };
    const fault = judgePassword(password, open.login_name);
    if (fault) return { kind: 'password-refused', fault };
    const hash = await passwords.hash(password);
    const { account } = open;
    return database.inTransaction(async (transaction): Promise<{ readonly name: string } | Refused> => {
      const { numUpdatedRows } = await transaction
        .updateTable('account_invitations')
        .set({ ended_at_ms: clock().getTime() })
        .where('token_hash', '=', hashOfToken(invitation))
        .where('ended_at_ms', 'is', null)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return { kind: 'unknown' };
      await transaction.updateTable('accounts').set({ password_hash: hash }).where('account', '=', account).execute();
      await sessions.endAll(transaction, account, 'password');
      await note(transaction, account, 'password-set');
      const actor = `account:${account}`;
      await appendAudit(transaction, { at: clock(), actor, operation: 'setPassword', phase: 'done', status: 201 });
      return { name: open.login_name };
    });
  }

  return {
    async describe(account) {
      const row = await read(account);
      if (!row) return undefined;
      const secondFactor = await secondFactors.isSet(kysely, account);
      return {
        name: row.login_name,
        ...belongsOf(row),
        secondFactor,
        ...(secondFactor && { recoveryCodesLeft: await secondFactors.recoveryCodesLeft(kysely, account) }),
      };
    },
    setPassword: (invitation, password, address) => inTurn(address, () => takeUp(invitation, password)),
    changePassword: (asker, present, next) =>
      withPassword(asker, present, async (row) => {
        const fault = judgePassword(next, row.login_name);
        if (fault) return { kind: 'password-refused', fault };
        const hash = await passwords.hash(next);
        return change(
          row,
          async (transaction) => {
            await sessions.endAll(transaction, row.account, 'password');
            await note(transaction, row.account, 'password-changed');
            return sessions.start(transaction, row.account, asker.device);
          },
          hash,
        );
      }),
    beginSecondFactor: (asker, password) =>
      withPassword(asker, password, (row) =>
        change(
          row,
          async (transaction): Promise<SecondFactorSetup | Refused> =>
            (await secondFactors.begin(transaction, row.account, row.login_name)) ?? { kind: 'already-set' },
        ),
      ),
    confirmSecondFactor: (asker, code) =>
      counted(asker, (row) =>
        change(row, async (transaction) => {
          const { account } = row;
          if (await secondFactors.isSet(transaction, account)) return { kind: 'already-set' as const };
          const recoveryCodes = await secondFactors.confirm(transaction, account, code);
          if (!recoveryCodes) return { kind: 'code-wrong' as const };
          await sessions.endAll(transaction, account, 'second-factor');
          await note(transaction, account, 'second-factor-set');
          return { recoveryCodes, session: await sessions.start(transaction, account, asker.device) };
        }),
      ),
    removeSecondFactor: (asker, password, code) =>
      withPassword(asker, password, (row) =>
        change(row, async (transaction): Promise<'removed' | Refused> => {
          if (parseRoles(row.roles).some((role) => roleDefinitions[role].secondFactor)) return { kind: 'needed' };
          if (!(await secondFactors.isSet(transaction, row.account))) return { kind: 'not-set' };
          if (!(await secondFactors.use(transaction, row.account, code))) return { kind: 'code-wrong' };
          await secondFactors.remove(transaction, row.account);
          await note(transaction, row.account, 'second-factor-removed');
          return 'removed';
        }),
      ),
    makeRecoveryCodes: (asker, password, code) =>
      withPassword(asker, password, (row) =>
        change(row, async (transaction): Promise<readonly string[] | Refused> => {
          if (!(await secondFactors.isSet(transaction, row.account))) return { kind: 'not-set' };
          if (!(await secondFactors.use(transaction, row.account, code))) return { kind: 'code-wrong' };
          await note(transaction, row.account, 'recovery-codes-made');
          return secondFactors.makeRecoveryCodes(transaction, row.account);
        }),
      ),
  };
}
