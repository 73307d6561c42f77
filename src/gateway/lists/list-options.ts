import type { CertificationAuthorityKeyStore } from '../../../emv/keys/index.js';
import type { MembershipPolicy } from '../membership/decide/index.js';
import type { GatewayDatabase } from '../storage/index.js';
import type { ListPolicy } from './list-policy.js';

export interface ListOptions {
  readonly database: GatewayDatabase;
  /** The secret of card tokens, from which list names and signing keys follow. */
  readonly tokenKey: Uint8Array;
  /** Open tap records that were sealed after a rotation. */
  readonly recordKeys?: readonly Uint8Array[] | undefined;
  /** Told of a kept record that does not open any more, by the id of its tap, each time that one is looked at. */
  readonly recordUnreadable: (tapId: string) => void;
  readonly clock: () => Date;
  readonly caKeys: CertificationAuthorityKeyStore;
  /** Revoked issuer certificates, as the intake has them. */
  readonly revoked?: ReadonlySet<string> | undefined;
  /** The tariffs and sets of campaigns in use, as JSON can say them. */
  readonly fares: () => { readonly tariffs: readonly unknown[]; readonly campaigns: readonly unknown[] };
  readonly membershipPolicy: MembershipPolicy;
  readonly policy: ListPolicy;
}
