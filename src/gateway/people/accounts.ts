import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../storage/index.js';
import { type AccountEvent, recordAccountEvent } from './account-events.js';
import { belongingOf, rolesAsText } from './account-row.js';
import { type AccountEventView, type AccountView, type Belongs, toAccountView } from './account-view.js';
import type { LogInParts } from './log-in.js';
import { canonicalLoginName, judgeLoginName } from './login-name.js';
import { isBelongingInReach, isManaged, isVisible, type Manager } from './managed-accounts.js';
import policy from './people-policy.json';
import { hashOfToken, makeId, makeToken } from './people-secrets.js';
import type { Role } from './roles.js';

export interface NewAccount extends Belongs {
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Told once, to whoever hands it on. */
export interface Invitation {
  readonly invitation: string;
  readonly invitationExpiresAt: string;
}

export type AccountFault =
  | 'name-malformed'
  | 'name-personal'
  | 'name-taken'
  | 'roles-apart'
  | 'roles-beyond'
  | 'belonging-wrong'
  | 'belonging-unknown';

export interface Accounts {
  create(manager: Manager, account: NewAccount): Promise<(AccountView & Invitation) | AccountFault>;
  list(manager: Manager, page: { readonly limit: number; readonly after?: string | undefined }): Promise<AccountView[]>;
  /** By its login name. */
  find(manager: Manager, name: string): Promise<AccountView | undefined>;
  read(manager: Manager, id: string): Promise<(AccountView & { readonly events: AccountEventView[] }) | undefined>;
  /** Another invitation in place of one that was not taken up. `active`: it has a password already. */
  invite(manager: Manager, id: string): Promise<Invitation | 'active' | undefined>;
  /** No password and, where it is said, no second factor any more; every session ends. */
  reset(manager: Manager, id: string, secondFactor: boolean): Promise<Invitation | undefined>;
  setDisabled(manager: Manager, id: string, isDisabled: boolean, reason?: string): Promise<AccountView | undefined>;
  setRoles(
    manager: Manager,
    id: string,
    wanted: Omit<NewAccount, 'name'>,
  ): Promise<AccountView | AccountFault | undefined>;
}

const BELONGINGS = ['member', 'unit', 'bank', 'operator'] as const;

const EVENTS_MAX = 200;

export function createAccounts(parts: LogInParts): Accounts {
  const { clock, database, random, secondFactors, sessions } = parts;
  const { kysely } = database;

  const note = (transaction: Transaction<Tables>, account: string, event: AccountEvent, by: string, detail?: string) =>
    recordAccountEvent(transaction, parts, { account, event, by, detail });

  async function invitationFor(transaction: Transaction<Tables>, account: string): Promise<Invitation> {
    const nowMs = clock().getTime();
    await transaction
      .updateTable('account_invitations')
      .set({ ended_at_ms: nowMs })
      .where('account', '=', account)
      .where('ended_at_ms', 'is', null)
      .execute();
    const invitation = makeToken(random, 'yti_');
    const expires_at_ms = nowMs + policy.invitation.hours * 3_600_000;
    const row = { token_hash: hashOfToken(invitation), account, made_at_ms: nowMs, expires_at_ms, ended_at_ms: null };
    await transaction.insertInto('account_invitations').values(row).execute();
    return { invitation, invitationExpiresAt: new Date(expires_at_ms).toISOString() };
  }

  /** What is wrong with roles and what they belong to, for this manager. */
  async function judge(manager: Manager, wanted: Omit<NewAccount, 'name'>): Promise<AccountFault | undefined> {
    const kind = belongingOf(wanted.roles);
    if (kind === undefined) return 'roles-apart';
    if (!wanted.roles.every((role) => manager.manages.includes(role))) return 'roles-beyond';
    const said = BELONGINGS.filter((each) => wanted[each] !== undefined);
    if (kind === 'everything' ? said.length > 0 : said.length !== 1 || said[0] !== kind) return 'belonging-wrong';
    return (await isBelongingInReach(kysely, manager.reach, wanted)) ? undefined : 'belonging-unknown';
  }

  const query = (from: Kysely<Tables>) =>
    from
      .selectFrom('accounts')
      .leftJoin('second_factors', 'second_factors.account', 'accounts.account')
      .selectAll('accounts')
      .select('second_factors.confirmed_at_ms');

  /** An account that this manager may look after; never their own. */
  async function findManaged(from: Kysely<Tables>, manager: Manager, id: string) {
    return query(from).where('accounts.account', '=', id).where(isManaged(manager)).executeTakeFirst();
  }

  const change = <Result>(
    manager: Manager,
    id: string,
    work: (transaction: Transaction<Tables>) => Promise<Result>,
  ): Promise<Result | undefined> =>
    database.inTransaction(async (transaction) =>
      (await findManaged(transaction, manager, id)) ? work(transaction) : undefined,
    );

  const view = async (from: Kysely<Tables>, id: string): Promise<AccountView> =>
    toAccountView(await query(from).where('accounts.account', '=', id).executeTakeFirstOrThrow());

  return {
    async create(manager, { name, roles, ...belongs }) {
      const login_name = canonicalLoginName(name);
      const judged = judgeLoginName(login_name);
      if (judged !== 'good') return judged === 'personal' ? 'name-personal' : 'name-malformed';
      const fault = await judge(manager, { roles, ...belongs });
      if (fault) return fault;
      const account = makeId(random, 'acc_');
      return database.inTransaction(async (transaction) => {
        const { numInsertedOrUpdatedRows = 0n } = await transaction
          .insertInto('accounts')
          .values({
            ...{ account, login_name, roles: rolesAsText(roles), ...columnsOf(belongs) },
            ...{ password_hash: null, disabled_at_ms: null, made_by: manager.by, made_at_ms: clock().getTime() },
          })
          .onConflict((conflict) => conflict.column('login_name').doNothing())
          .executeTakeFirstOrThrow();
        if (numInsertedOrUpdatedRows === 0n) return 'name-taken';
        await note(transaction, account, 'made', manager.by);
        return { ...(await view(transaction, account)), ...(await invitationFor(transaction, account)) };
      });
    },
    async list(manager, { limit, after = '' }) {
      const rows = await query(kysely)
        .where('accounts.account', '>', after)
        .where(isVisible(manager))
        .orderBy('accounts.account')
        .limit(limit)
        .execute();
      return rows.map(toAccountView);
    },
    async find(manager, name) {
      const named = query(kysely).where('login_name', '=', canonicalLoginName(name));
      const row = await named.where(isVisible(manager)).executeTakeFirst();
      return row && toAccountView(row);
    },
    async read(manager, id) {
      const row = await query(kysely).where('accounts.account', '=', id).where(isVisible(manager)).executeTakeFirst();
      if (!row) return undefined;
      const events = await kysely
        .selectFrom('account_events')
        .selectAll()
        .where('account', '=', id)
        .orderBy('at_ms', 'desc')
        .orderBy('event_id')
        .limit(EVENTS_MAX)
        .execute();
      return {
        ...toAccountView(row),
        events: events.map(({ event, at_ms, by, detail }) => ({
          ...{ event, at: new Date(at_ms).toISOString(), by },
          ...(detail !== null && { detail }),
        })),
      };
    },
    invite: (manager, id) =>
      database.inTransaction(async (transaction) => {
        const row = await findManaged(transaction, manager, id);
        if (!row) return undefined;
        if (row.password_hash !== null) return 'active' as const;
        await note(transaction, id, 'invited', manager.by);
        return invitationFor(transaction, id);
      }),
    reset: (manager, id, secondFactor) =>
      change(manager, id, async (transaction) => {
        await transaction.updateTable('accounts').set({ password_hash: null }).where('account', '=', id).execute();
        if (secondFactor) await secondFactors.remove(transaction, id);
        await sessions.endAll(transaction, id, 'reset');
        await note(transaction, id, 'reset', manager.by, secondFactor ? 'password and second factor' : 'password');
        return invitationFor(transaction, id);
      }),
    setDisabled: (manager, id, isDisabled, reason) =>
      change(manager, id, async (transaction) => {
        const disabled_at_ms = isDisabled ? clock().getTime() : null;
        const { numUpdatedRows } = await transaction
          .updateTable('accounts')
          .set({ disabled_at_ms })
          .where('account', '=', id)
          .where('disabled_at_ms', isDisabled ? 'is' : 'is not', null)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows > 0n) {
          await sessions.endAll(transaction, id, 'disabled');
          await note(transaction, id, isDisabled ? 'disabled' : 'enabled', manager.by, reason);
        }
        return view(transaction, id);
      }),
    async setRoles(manager, id, wanted) {
      const fault = await judge(manager, wanted);
      return change(manager, id, async (transaction): Promise<AccountView | AccountFault> => {
        if (fault) return fault;
        const roles = rolesAsText(wanted.roles);
        await transaction
          .updateTable('accounts')
          .set({ roles, ...columnsOf(wanted) })
          .where('account', '=', id)
          .execute();
        await sessions.endAll(transaction, id, 'roles');
        await note(transaction, id, 'roles-changed', manager.by, wanted.roles.join(' '));
        return view(transaction, id);
      });
    },
  };
}

const columnsOf = ({ member, unit, bank, operator }: Belongs) => ({
  member: member ?? null,
  unit: unit ?? null,
  bank: bank ?? null,
  operator: operator ?? null,
});
