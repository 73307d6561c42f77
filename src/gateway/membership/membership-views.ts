import type { CardState, Certification } from './member-record.js';
import type { PrivateData } from './private-data.js';

/** A certification or a state, and when the gateway heard of it. */
type Recorded<Fact> = Fact & { readonly recordedAt: string };

export interface CardView {
  readonly token: string;
  /** First six and last four digits. */
  readonly mask: string;
  readonly bank: string;
  readonly generation: 'pboc2' | 'pboc3';
  readonly member?: string;
  /** In order of the instants from which they hold. */
  readonly states: readonly Recorded<CardState>[];
}

export interface MemberView {
  readonly member: string;
  readonly name: string;
  readonly unit?: string;
  readonly sex?: 'male' | 'female';
  readonly certifications: readonly Recorded<Certification>[];
  readonly cards: readonly CardView[];
}

/** With what is stored sealed. */
export type MemberDetails = MemberView & PrivateData;
