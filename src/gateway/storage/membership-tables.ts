/** Who the members are, which cards they carry, and what was known of both when. */
export interface MembershipTables {
  members: MembersTable;
  cards: CardsTable;
  certifications: CertificationsTable;
  card_states: CardStatesTable;
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
}

/** A card number is nowhere: the token names the card, the mask shows it. */
export interface CardsTable {
  card_token: string;
  card_mask: string;
  bank: string;
  generation: 'pboc2' | 'pboc3';
  /** Empty where nobody's. */
  member: string | null;
  recorded_at_ms: number;
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
  state: 'active' | 'lost' | 'closed';
  /** As it was handed in, with its offset. */
  from: string;
  from_ms: number;
  recorded_at_ms: number;
}
