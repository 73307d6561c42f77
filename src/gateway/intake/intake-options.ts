import type { Transaction } from 'kysely';
import type { SuspicionPolicy } from '../evidence/index.js';
import type { CampaignSet, FareCard, Tariffs } from '../fares/index.js';
import type { MembershipPolicy } from '../membership/decide/policy-schema.js';
import type { GatewayDatabase, Tables } from '../storage/index.js';
import type { Examiner, ExaminerOptions } from './examination/index.js';
import type { IntakeObserver } from './intake-observer.js';
import type { Keeper } from './keeping/keeper.js';

/** The history of each card as it is known now; a card that is missing has none. */
export type ReadFareCards = (
  transaction: Transaction<Tables>,
  tokens: readonly string[],
) => Promise<ReadonlyMap<string, FareCard>>;

/** What taps are priced and booked with. */
export interface BookingOptions {
  readonly database: GatewayDatabase;
  /** From when on two taps of one chip cannot both be right. Default: the policy in the box. */
  readonly suspicion?: SuspicionPolicy;
  readonly readFareCards: ReadFareCards;
  /** Versions, of which that of a journey's service day counts, or one tariff for every day. */
  readonly tariff: Tariffs;
  readonly campaigns: CampaignSet;
  /** How certifications are read; Ningbo's policy if absent. */
  readonly policy?: MembershipPolicy | undefined;
  readonly clock: () => Date;
  readonly observer?: Pick<IntakeObserver, 'booked'> | undefined;
}

export interface IntakeOptions extends ExaminerOptions, BookingOptions {
  /** Default: one in the caller's thread. */
  readonly examiner?: Pick<Examiner, 'examine' | 'read'> | undefined;
  /** Default: one in the caller's thread. */
  readonly keeper?: Pick<Keeper, 'keep'> | undefined;
  readonly observer?: IntakeObserver | undefined;
}
