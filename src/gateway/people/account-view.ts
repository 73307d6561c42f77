import type { AccountsTable } from '../storage/people-tables.js';
import { parseRoles } from './account-row.js';
import type { Role } from './roles.js';

export interface Belongs {
  readonly member?: string | undefined;
  readonly unit?: string | undefined;
  readonly bank?: string | undefined;
  readonly operator?: string | undefined;
}

export interface AccountView extends Belongs {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** `invited`: it has no password yet. */
  readonly state: 'invited' | 'active' | 'disabled';
  readonly secondFactor: boolean;
  readonly madeBy: string;
  readonly madeAt: string;
}

export interface AccountEventView {
  readonly event: string;
  readonly at: string;
  readonly by: string;
  readonly detail?: string;
}

export const belongsOf = ({ member, unit, bank, operator }: AccountsTable): Belongs => ({
  ...(member !== null && { member }),
  ...(unit !== null && { unit }),
  ...(bank !== null && { bank }),
  ...(operator !== null && { operator }),
});

/** `confirmed_at_ms`: of its second factor. */
export function toAccountView(row: AccountsTable & { readonly confirmed_at_ms: number | null }): AccountView {
  const { account, login_name, roles, password_hash, disabled_at_ms } = row;
  const state = disabled_at_ms !== null ? 'disabled' : password_hash === null ? 'invited' : 'active';
  return {
    id: account,
    name: login_name,
    roles: parseRoles(roles),
    ...belongsOf(row),
    state,
    secondFactor: row.confirmed_at_ms !== null,
    madeBy: row.made_by,
    madeAt: new Date(row.made_at_ms).toISOString(),
  };
}
