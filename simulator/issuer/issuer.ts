import type { IssuerKeySet } from './keys/issuer-key-set.js';

/** How strict an issuer is where the standard leaves it to the issuer. */
export interface IssuerPolicy {
  /** How far the transaction counter may be ahead of the last one seen: cards are used offline in between. */
  readonly counterGapMaximum: number;
}

/** A card issuer's host: keys and rules, no state, no clock, no randomness. */
export interface Issuer {
  readonly keySets: readonly IssuerKeySet[];
  /** Key of the zone that online PINs come through: 16 bytes, for format 4 an AES key of 16, 24 or 32. */
  readonly zonePinKey?: Uint8Array | undefined;
  readonly policy: IssuerPolicy;
}

const DEFAULT_POLICY: IssuerPolicy = { counterGapMaximum: 1000 };

/** An issuer with the policy that is used unless another is given. */
export const createIssuer = (
  issuer: Pick<Issuer, 'keySets' | 'zonePinKey'> & { readonly policy?: Partial<IssuerPolicy> },
): Issuer => ({ ...issuer, policy: { ...DEFAULT_POLICY, ...issuer.policy } });
