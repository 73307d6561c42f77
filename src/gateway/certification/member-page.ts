import { type CampaignSet, reasonsOfMembership, serviceDayOf } from '../fares/index.js';
import { readMemberFacts } from '../membership/facts.js';
import { type CardHistory, type MembershipPolicy, readMemberStatus } from '../membership/index.js';
import { toMemberHistory } from '../membership/to-history.js';
import type { GatewayDatabase } from '../storage/index.js';

export interface MemberPageOptions {
  readonly database: GatewayDatabase;
  readonly policy: MembershipPolicy;
  readonly campaigns: CampaignSet;
  readonly clock: () => Date;
}

/** A campaign for members that holds on the day, and why this member does not have it. */
export interface CampaignOfMember {
  readonly campaign: string;
  readonly name: string;
  readonly nameZh: string;
  readonly service: string;
  readonly from: string;
  readonly to: string;
  readonly has: boolean;
  /** What the receipt of a ride at this instant says of it. */
  readonly text?: string;
  readonly textZh?: string;
}

/**
 * What a member is told of themself at an instant: certified or not and until when, each card, and each campaign that
 * is theirs or is lost, in the words of the receipt. `undefined`: there is no such member.
 */
export async function readMemberPage(
  { database, policy, campaigns, clock }: MemberPageOptions,
  member: string,
  at: string = clock().toISOString(),
) {
  const status = await readMemberStatus(database, policy, member, { at, asKnownAt: clock().toISOString() });
  if (!status) return undefined;
  const { entitled, reason, text, textZh, year, holdsUntil, cards } = status;
  const facts = (await readMemberFacts(database.kysely, [member])).get(member)!;
  const history: CardHistory = { generation: 'pboc3', member: true, states: [], ...toMemberHistory(facts) };
  return {
    member,
    at,
    year,
    entitled,
    reason,
    text,
    textZh,
    ...(holdsUntil !== undefined && { holdsUntil }),
    cards,
    campaigns: campaignsOf(campaigns, policy, history, at),
  };
}

function campaignsOf(
  { campaigns }: CampaignSet,
  policy: MembershipPolicy,
  history: CardHistory,
  at: string,
): readonly CampaignOfMember[] {
  const serviceDay = serviceDayOf({ serviceDayBegins: policy.dayBegins }, at);
  const ofToday = campaigns.filter(({ membership, from, to }) => membership && from <= serviceDay && serviceDay <= to);
  return ofToday.map((campaign) => {
    const { id, name, nameZh = name, service, from, to } = campaign;
    const [against] = reasonsOfMembership(campaign, { tap: { at, service }, serviceDay, policy }, history);
    const words = against && { text: against.text, textZh: against.textZh };
    return { campaign: id, name, nameZh, service, from, to, has: against === undefined, ...words };
  });
}
