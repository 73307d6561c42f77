/** Who the members are, which cards they carry, and what was known of both when. */
export interface MembershipTables {
  members: MembersTable;
  cards: CardsTable;
  certifications: CertificationsTable;
  card_states: CardStatesTable;
  card_exchanges: CardExchangesTable;
  membership_changes: MembershipChangesTable;
  certification_withdrawals: CertificationWithdrawalsTable;
  cards_to_reprice: CardsToRepriceTable;
}

export interface MembersTable {
  /** The union's number of the member. */
  member: string;
  name: string;
  sex: 'male' | 'female' | null;
  work_unit: string | null;
  /** JSON of identity document, mobile number and address, sealed; empty where none of them is known. */
  private_data: string | null;
  recorded_at_ms: number;
  /** The grass-roots unit of the hierarchy; `work_unit` is what the member calls it. */
  unit: string | null;
  /** By which the member is found; empty where the document is not known. No two members have the same. */
  identity_token: string | null;
  mobile_token: string | null;
}

/** A card number is nowhere: the token names the card, the mask shows it. */
export interface CardsTable {
  card_token: string;
  card_mask: string;
  bank: string;
  /** As it is known now. */
  generation: 'pboc2' | 'pboc3';
  /** Empty where nobody's. */
  member: string | null;
  recorded_at_ms: number;
  /** As it was first said, from the beginning or until the first exchange. */
  first_generation: 'pboc2' | 'pboc3';
  first_recorded_at_ms: number;
  /** When it was recorded whose it is; means nothing where it is nobody's. */
  member_recorded_at_ms: number | null;
  /** JSON of the card's history as it is known now, so that a tap costs one read; empty: to be read from the facts. */
  history: string | null;
}

/** Written once and never changed. Of two that hold from the same instant the one recorded later counts. */
export interface CardExchangesTable {
  card_token: string;
  generation: 'pboc2' | 'pboc3';
  sequence_number: number | null;
  from: string;
  from_ms: number;
  recorded_at_ms: number;
}

/** Written once and never changed: a member without any is one from the beginning. */
export interface MembershipChangesTable {
  member: string;
  change: 'joined' | 'left';
  from: string;
  from_ms: number;
  reason: string | null;
  recorded_at_ms: number;
}

/** Written once and never changed: the certifications for the year that were done before count no more from then on. */
export interface CertificationWithdrawalsTable {
  member: string;
  year: number;
  at: string;
  at_ms: number;
  reason: string | null;
  recorded_at_ms: number;
}

/** Cards whose past has become another one: their journeys from then on are to be priced again. */
export interface CardsToRepriceTable {
  card_token: string;
  from_ms: number;
  /** Rises when something more is recorded, so that it is not taken for done. */
  version: number;
}

/** Written once and never changed: what was certified when, and when the gateway heard of it. */
export interface CertificationsTable {
  member: string;
  year: number;
  /** As it was handed in, with its offset. */
  at: string;
  at_ms: number;
  by: 'self' | 'officer';
  recorded_at_ms: number;
}

/** Written once and never changed: a card is in a state from an instant until the next one. */
export interface CardStatesTable {
  card_token: string;
  state: 'inactive' | 'active' | 'lost' | 'closed';
  /** As it was handed in, with its offset. */
  from: string;
  from_ms: number;
  recorded_at_ms: number;
}
