export type CardGeneration = 'pboc2' | 'pboc3';
export type CardState = 'inactive' | 'active' | 'lost' | 'closed';

/**
 * What is known of a card and its member, with the instants (ISO 8601 with offset) from which each fact holds, so that
 * any instant can be judged. A fact holds until the next one of its kind: intervals are half open.
 */
export interface CardHistory {
  /** From the beginning, or until the first of `exchanges`. */
  readonly generation: CardGeneration;
  /** In order of `from`; the number stays, the sequence number rises. */
  readonly exchanges?: readonly CardExchange[] | undefined;
  /** Whether it is a member's card. */
  readonly member: boolean;
  /** When its member joined and left, in order of `from`; none: a member from the beginning. */
  readonly memberships?: readonly MembershipChange[] | undefined;
  readonly certifications: readonly Certification[];
  /** In order of `from`; none: active. */
  readonly states: readonly { readonly state: CardState; readonly from: string }[];
}

export interface CardExchange {
  readonly generation: CardGeneration;
  readonly from: string;
  /** PAN sequence number (tag 5F34) of the card that holds from then on. */
  readonly sequenceNumber?: number | undefined;
}

export interface MembershipChange {
  readonly change: 'joined' | 'left';
  readonly from: string;
}

export interface Certification {
  readonly year: number;
  /** When it was done: it counts from then on, for its year. */
  readonly at: string;
  readonly by: 'self' | 'officer';
  /** From then on it counts no more. */
  readonly withdrawnAt?: string | undefined;
}
