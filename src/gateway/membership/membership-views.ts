import type { CardState, Certification, Membership, Withdrawal } from './member-record.js';
import type { PrivateData } from './private-data.js';

/** A certification or a state, and when the gateway heard of it. */
type Recorded<Fact> = Fact & { readonly recordedAt: string };

export interface CardView {
  readonly token: string;
  /** First six and last four digits. */
  readonly mask: string;
  readonly bank: string;
  readonly generation: 'pboc2' | 'pboc3';
  /** Exchanges, in order of the instants from which they hold; of two from one instant the later one counts. */
  readonly exchanges?: readonly Recorded<{
    readonly generation: 'pboc2' | 'pboc3';
    readonly from: string;
    readonly sequenceNumber?: number;
  }>[];
  readonly member?: string;
  /** In order of the instants from which they hold. */
  readonly states: readonly Recorded<CardState>[];
}

export interface MemberView {
  readonly member: string;
  readonly name: string;
  readonly unit?: string;
  /** The unit of the hierarchy that the member belongs to. */
  readonly unitId?: string;
  readonly sex?: 'male' | 'female';
  readonly memberships?: readonly Recorded<Membership>[];
  readonly withdrawals?: readonly Recorded<Withdrawal>[];
  readonly certifications: readonly Recorded<Certification>[];
  readonly cards: readonly CardView[];
}

/** With what is stored sealed. */
export type MemberDetails = MemberView & PrivateData;
