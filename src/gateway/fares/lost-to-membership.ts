import { onceFor } from '../../../emv/once-for.js';
import type { MembershipPolicy } from '../membership/decide/policy-schema.js';
import type { Campaign, CampaignSet } from './campaign-schema.js';
import { campaignsConcerning } from './campaigns.js';
import type { FareCard, FareTap, PriceStep } from './fare-types.js';
import { reasonsAgainst, reasonsOfMembership } from './reasons-against.js';
import { workCalendar } from './work-calendar.js';

/** A ride that has begun and has no price yet. */
export interface BegunRide {
  readonly tap: FareTap;
  /** YYYY-MM-DD. */
  readonly serviceDay: string;
  readonly policy: MembershipPolicy;
}

/** Nobody knows yet what it will cost, nor what else the card will have used. */
const OF_ANY_AMOUNT = { amountFen: Number.MAX_SAFE_INTEGER, firstMinutesFen: (): number => 0 };
const NOTHING_USED = new Map<string, number>();

/** A campaign as it would be without members, so that only what else stands against it is put into words. */
const forEverybody = onceFor(({ membership: _, ...campaign }: Campaign): Campaign => campaign);

/**
 * What a ride that has begun loses by the membership alone: each campaign against which nothing else stands yet, in the
 * words that its price will have.
 */
export function lostToMembership(set: CampaignSet, ride: BegunRide, card: FareCard): PriceStep[] {
  const { tap, serviceDay, policy } = ride;
  const lost: PriceStep[] = [];
  for (const campaign of campaignsConcerning(set, ride, card)) {
    const { from, membership, to } = campaign;
    if (!membership || serviceDay < from || serviceDay > to) continue;
    const [reason] = reasonsOfMembership(campaign, ride, card);
    if (!reason) continue;
    const ofAnyAmount = { tap, serviceDay, policy, ms: Date.parse(tap.at), ...OF_ANY_AMOUNT };
    if (reasonsAgainst(forEverybody(campaign), ofAnyAmount, card, workCalendar(set), NOTHING_USED).length > 0) continue;
    lost.push(reason);
  }
  return lost;
}
