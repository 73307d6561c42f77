import definitions from './roles.json';

export type Role = keyof typeof definitions;

/** What an account belongs to, and so how far it reaches. */
export type Belonging = 'member' | 'unit' | 'bank' | 'operator' | 'everything';

/** Whose operations a role may use: each has those before it too. */
const OPERATIONS = ['people', 'operator', 'administrator'] as const;

interface RoleDefinition {
  readonly words: string;
  readonly belongsTo: Belonging;
  readonly operations: (typeof OPERATIONS)[number];
  /** Whether its accounts need a second factor. */
  readonly secondFactor: boolean;
  /** Whose accounts it makes, invites and disables, as far as it reaches. */
  readonly manages: readonly Role[];
  /** `all`: every scope that there is. */
  readonly scopes: 'all' | readonly string[];
}

/** Who may do what, as data. */
export const roleDefinitions = definitions as unknown as Readonly<Record<Role, RoleDefinition>>;

export const allRoles = Object.keys(definitions) as [Role, ...Role[]];

export const isRole = (name: string): name is Role => Object.hasOwn(definitions, name);

/** Whether a role may use operations of this kind at all. */
export const mayUse = (role: Role, access: (typeof OPERATIONS)[number]): boolean =>
  OPERATIONS.indexOf(roleDefinitions[role].operations) >= OPERATIONS.indexOf(access);

export function hasScope(role: Role, scope: string): boolean {
  const { scopes } = roleDefinitions[role];
  return scopes === 'all' || scopes.includes(scope);
}
