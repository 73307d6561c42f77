import type { Scope } from './scopes.js';

/** Who asks: a key of an administrator may speak for every operator, that of an operator for this one. */
export type Principal = {
  readonly keyId: string;
  /** What it may do. */
  readonly scopes: ReadonlySet<Scope>;
} & ({ readonly role: 'administrator' } | { readonly role: 'operator'; readonly operator: string });
