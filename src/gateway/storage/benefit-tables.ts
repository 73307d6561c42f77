/** What members may claim, and who has claimed what. Instants in milliseconds since 1970. */
export interface BenefitTables {
  offers: OffersTable;
  offer_items: OfferItemsTable;
  offer_claims: OfferClaimsTable;
  offer_claim_events: OfferClaimEventsTable;
  member_attributes: MemberAttributesTable;
  unit_contributions: UnitContributionsTable;
  benefit_list_versions: BenefitListVersionsTable;
  benefit_list_changes: BenefitListChangesTable;
}

/** An offer is never changed, only closed. Whoever gives numbers holds its row. */
export interface OffersTable {
  offer: string;
  /** JSON: what was published. */
  definition: string;
  /** SHA-256 of the definition. */
  content_hash: string;
  opens_at_ms: number;
  closes_at_ms: number | null;
  recorded_at_ms: number;
  by: string;
  /** When it was closed before its time, by whom and why. */
  closed_at_ms: number | null;
  closed_by: string | null;
  closed_reason: string | null;
  /** The number that was given last. */
  last_number: number;
}

/** How much of each item is taken: kept in step with the claims, in their transactions. */
export interface OfferItemsTable {
  offer: string;
  item: string;
  quota: number;
  /** At most the quota; the database itself refuses more. */
  taken: number;
  waiting: number;
}

export type ClaimState = 'claimed' | 'waiting' | 'collected' | 'cancelled' | 'expired';

/** One for each member and offer, as its events have left it. */
export interface OfferClaimsTable {
  offer: string;
  member: string;
  /** 1, 2, 3, … of the offer, in the order in which they were given. */
  number: number;
  item: string;
  state: ClaimState;
  /** Which gateway process took it, and as which of all its claims it came there. */
  gateway: string;
  arrival: number;
  arrived_at_ms: number;
  /** Until when it has to be collected. */
  expires_at_ms: number | null;
  /** How many events it has. */
  events: number;
}

/** Written once and never changed. */
export interface OfferClaimEventsTable {
  offer: string;
  member: string;
  /** 1, 2, 3, … of the claim. */
  sequence: number;
  event: ClaimState | 'promoted';
  number: number;
  item: string;
  at_ms: number;
  recorded_at_ms: number;
  by: string;
  reason: string;
}

/** What benefits ask of a member beside the certification. Written once and never changed: the last one holds. */
export interface MemberAttributesTable {
  member: string;
  attribute: string;
  value: string;
  /** As it was handed in, with its offset. */
  from: string;
  from_ms: number;
  recorded_at_ms: number;
  /** Counts what was recorded of a member's attribute from one instant on. */
  sequence: number;
  by: string;
  reason: string;
}

/** The class of a unit's deposit contribution. Written once and never changed: the last one holds. */
export interface UnitContributionsTable {
  unit: string;
  class: string;
  from: string;
  from_ms: number;
  recorded_at_ms: number;
  /** Counts what was recorded of a unit from one instant on. */
  sequence: number;
  by: string;
  reason: string;
}

/** A version of a list of who is entitled to what; while it is being made, who makes it. */
export interface BenefitListVersionsTable {
  list: string;
  /** 1, 2, 3, … of the list. */
  version: number;
  day: string;
  by: string;
  /** How many members have been looked at. */
  read: number;
  holder: string;
  held_until_ms: number;
  started_at_ms: number;
  /** Empty until it is published; from then on nothing of it changes. */
  published_at_ms: number | null;
  /** Canonical JSON: what is signed. */
  header: string | null;
  public_key: string | null;
  signature: string | null;
}

/** What a version changes. A version holds, of each member, the last of these up to it. */
export interface BenefitListChangesTable {
  list: string;
  member: string;
  version: number;
  change: 'added' | 'dropped' | 'changed';
  reason: string;
  /** Empty where the member is in no unit. */
  unit: string;
  /** The day of the version that has added the member. */
  since: string;
}
