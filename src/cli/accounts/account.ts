import { askMembers, type MemberGateway } from '../members/member-gateway.js';

/** An account as a gateway shows it. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly member?: string;
  readonly unit?: string;
  readonly bank?: string;
  readonly operator?: string;
  readonly state: 'invited' | 'active' | 'disabled';
  readonly secondFactor: boolean;
}

export interface Invitation {
  readonly invitation: string;
  readonly invitationExpiresAt: string;
}

/** The account of a login name; thrown as a refusal where there is none, or none in reach. */
export const findAccount = (gateway: MemberGateway, name: string): Promise<Account> =>
  askMembers<Account>(gateway, 'v1/accounts/lookup', { body: { name } });

/** What it belongs to, in words. */
export function belongingOf({ member, unit, bank, operator }: Account): string {
  if (member !== undefined) return `member ${member}`;
  if (unit !== undefined) return `unit ${unit}`;
  if (bank !== undefined) return `bank ${bank}`;
  return operator === undefined ? 'everything' : `operator ${operator}`;
}

/** What to do with an invitation, which is told this once. */
export function invitationLines({ invitation, invitationExpiresAt }: Invitation, post: string): readonly string[] {
  return [
    `invitation ${invitation}`,
    `good once, until ${invitationExpiresAt}: hand it to them alone. They set their password with it at ${post}.`,
  ];
}
