import type { CertificationAuthorityKey } from './certification-authority-key.js';
import keys from './well-known-keys.json';

/** UnionPay's registered application provider identifier. */
export const UNIONPAY_RID = 'A000000333';

/**
 * Published certification authority public keys (data in `well-known-keys.json`, UnionPay first), filtered by RID and
 * by use. Keys without a known use are given out only when no use is asked for; they and test keys are material for
 * looking at cards, not for trusting them.
 *
 * @example createCertificationAuthorityKeyStore(wellKnownKeys({ rid: UNIONPAY_RID, use: 'live' }))
 */
export function wellKnownKeys(
  filter: { readonly rid?: string; readonly use?: 'live' | 'test' } = {},
): CertificationAuthorityKey[] {
  return (keys as readonly CertificationAuthorityKey[]).filter(
    (key) =>
      (filter.rid === undefined || key.rid === filter.rid.toUpperCase()) &&
      (filter.use === undefined || key.use === filter.use),
  );
}
