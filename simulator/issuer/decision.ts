import decisions from './decisions.json';

/** Why the issuer answered as it did. */
export type DecisionReason = keyof typeof decisions;

export type Decision = 'approved' | 'referred' | 'declined';

interface DecisionRow {
  readonly responseCode: string;
  readonly means: string;
  readonly order?: string;
}

const rows: Readonly<Record<string, DecisionRow>> = decisions;

/** Authorization response code 8A, two characters (EMV 4.3 Book 4 Annex A6, JR/T 0025.6-2013). */
export const responseCodeOf = (reason: DecisionReason): string => rows[reason]!.responseCode;

/** In words. */
export const meaningOf = (reason: DecisionReason): string => rows[reason]!.means;

/** What the card is told besides: a lost card is blocked when it shows up. */
export const orderedBy = (reason: DecisionReason): string | undefined => rows[reason]!.order;

export function decisionOf(reason: DecisionReason): Decision {
  if (reason === 'approved') return 'approved';
  return reason === 'referral-needed' ? 'referred' : 'declined';
}
