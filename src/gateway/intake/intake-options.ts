import type { Transaction } from 'kysely';
import type { CertificationAuthorityKeyStore } from '../../../emv/keys/index.js';
import type { IssuerKeys, SuspicionPolicy } from '../evidence/index.js';
import type { CampaignSet, FareCard, Tariffs } from '../fares/index.js';
import type { MembershipPolicy } from '../membership/decide/policy-schema.js';
import type { GatewayDatabase, Tables } from '../storage/index.js';
import type { IntakeObserver } from './intake-observer.js';

/** The history of each card as it is known now; a card that is missing has none. */
export type ReadFareCards = (
  transaction: Transaction<Tables>,
  tokens: readonly string[],
) => Promise<ReadonlyMap<string, FareCard>>;

export interface IntakeOptions {
  readonly database: GatewayDatabase;
  readonly caKeys: CertificationAuthorityKeyStore;
  readonly revoked?: ReadonlySet<string> | undefined;
  /** With which the cards' cryptograms are checked; those of other issuers are not. */
  readonly issuerKeys?: IssuerKeys | undefined;
  /** The secret of card tokens and of the kept records, at least 16 bytes; the same for ever. */
  readonly tokenKey: Uint8Array;
  /** From when on two taps of one chip cannot both be right. Default: the policy in the box. */
  readonly suspicion?: SuspicionPolicy;
  /** Seal kept records, the last what is new; the token key opens those of before. */
  readonly recordKeys?: readonly Uint8Array[] | undefined;
  readonly readFareCards: ReadFareCards;
  /** Versions, of which that of a journey's service day counts, or one tariff for every day. */
  readonly tariff: Tariffs;
  readonly campaigns: CampaignSet;
  /** How certifications are read; Ningbo's policy if absent. */
  readonly policy?: MembershipPolicy | undefined;
  readonly clock: () => Date;
  readonly observer?: IntakeObserver | undefined;
}
