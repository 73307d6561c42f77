import presets from './scope-presets.json';
import texts from './scopes.json';

/** What a key may do. */
export type Scope = keyof typeof texts;

export const allScopes = Object.keys(texts) as [Scope, ...Scope[]];

const isScope = (name: string): name is Scope => Object.hasOwn(texts, name);

const ALL: ReadonlySet<Scope> = new Set(allScopes);
const OPERATOR: ReadonlySet<Scope> = new Set(presets.operator.filter(isScope));

/** What a key may do that names no scopes: an administrator's everything. */
export const presetOf = (role: 'administrator' | 'operator'): ReadonlySet<Scope> =>
  role === 'administrator' ? ALL : OPERATOR;

/** Scopes as they are kept; those that no version knows any more count for nothing. */
export const parseScopes = (text: string): Scope[] => (JSON.parse(text) as string[]).filter(isScope);
