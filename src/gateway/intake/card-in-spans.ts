import type { CampaignSet, FareCard, Tariffs } from '../fares/index.js';
import type { MembershipPolicy } from '../membership/decide/policy-schema.js';
import type { JourneysTable } from '../storage/index.js';
import type { CampaignUse } from './campaign-uses.js';
import type { StepsOf } from './price-steps.js';
import type { BookedTap } from './read-spans.js';
import type { AskedTap } from './repriced-card.js';
import type { Span } from './span.js';

/** What prices are made under. */
export interface PricingCircumstances {
  readonly tariff: Tariffs;
  readonly campaigns: CampaignSet;
  readonly policy?: MembershipPolicy | undefined;
  readonly cardOf: (cardToken: string) => FareCard;
  readonly isClosed: (serviceDay: string) => boolean;
}

/** All that is known of one card while it is priced. */
export interface CardInSpans {
  readonly cardToken: string;
  readonly spans: readonly Span[];
  readonly asked: readonly AskedTap[];
  readonly accepted: readonly BookedTap[];
  readonly taps: readonly BookedTap[];
  readonly around: readonly BookedTap[];
  readonly journeys: readonly JourneysTable[];
  /** Of the weeks that a span begins in the midst of, what lies before it. */
  readonly before: readonly JourneysTable[];
  /** Of these journeys. */
  readonly stepsOf: StepsOf;
  /** Of campaigns whose quota goes over the edges of spans. */
  readonly uses: readonly CampaignUse[];
}
