/** What the taps cost, and who pays it. */
export interface BookTables {
  price_steps: PriceStepsTable;
  journeys: JourneysTable;
  charges: ChargesTable;
  entries: EntriesTable;
  service_days: ServiceDaysTable;
  repricings: RepricingsTable;
  campaign_uses: CampaignUsesTable;
}

/** How often a card used a campaign that has a quota as a whole, on a service day. */
export interface CampaignUsesTable {
  card_token: string;
  /** The id, of all versions. */
  campaign: string;
  service_day: string;
  uses: number;
}

/** How prices came about: most of them in one of a few hundred ways. Written once and never changed. */
interface PriceStepsTable {
  /** Made of the steps: the same for the same. */
  name: string;
  /** JSON */
  steps: string;
}

/** The journeys of a card as its taps stand now. */
export interface JourneysTable {
  card_token: string;
  /** Of its first tap. */
  id: string;
  card_mask: string;
  /** Of its first tap. */
  operator: string;
  service: string;
  service_day: string;
  status: string;
  started_at: string;
  started_at_ms: number;
  ended_at: string | null;
  fare_product: string;
  fare_fen: number;
  discount_fen: number;
  net_fen: number;
  /** Sum of what the card paid at the taps. */
  debited_fen: number;
  /** net − debited: still to be collected or, below zero, to be given back to the card. */
  due_fen: number;
  /** JSON, as are the next but one and the one behind it. */
  rules: string;
  /** The name of what is kept in `price_steps`; JSON where it is short, and where it is older than that table. */
  steps: string;
  funding: string;
  tap_ids: string;
  /** The version of the tariff that the price was made under; null before there were versions. */
  tariff: string | null;
}

/** One booking on a journey, never changed: revision 1 is what was booked first, each further one corrects. */
export interface ChargesTable {
  card_token: string;
  journey_id: string;
  revision: number;
  operator: string;
  service: string;
  /** The day whose books it is in: the journey's own or, where that was closed, a later one. */
  service_day: string;
  booked_at_ms: number;
  kind: 'charge' | 'correction';
  /** What the card paid at the taps more than the bookings before have told. */
  debited_fen: number;
  /** How the price came about that the journey has after this booking: as with journeys a name or JSON. */
  steps: string;
  /** The version of the tariff that made that price; null before there were versions. */
  tariff: string | null;
}

/**
 * The lines of a charge; they sum to zero. Written once and never changed. They lie by service day and operator, which
 * their charge tells as well: to find those of a journey, go by its charges.
 */
export interface EntriesTable {
  card_token: string;
  journey_id: string;
  revision: number;
  account: 'fare' | 'card' | 'sponsor';
  /** Who pays, where the account is `sponsor`; else empty. */
  sponsor: string;
  /** The fare is owed to the operator and negative; what card and sponsors pay is positive. */
  amount_fen: number;
  operator: string;
  service_day: string;
}

/** The days whose books are closed. */
interface ServiceDaysTable {
  service_day: string;
  closed_at_ms: number;
}

/** Cards priced again under fares that were corrected: how far it has come, so that it can go on after a stop. */
export interface RepricingsTable {
  id: string;
  from_service_day: string;
  to_service_day: string;
  /** 1: nothing is booked. */
  is_dry_run: number;
  status: 'running' | 'stopped' | 'done';
  /** JSON: the versions of tariff and campaigns in force when it was asked for. */
  fares: string;
  /** JSON: what was found so far, and the card behind which it goes on. */
  report: string;
  started_at_ms: number;
  updated_at_ms: number;
}
