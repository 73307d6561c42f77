import type { TerminalVerificationResults } from '../../values/index.js';

export interface VelocityFacts {
  /** 9F36; `undefined` where the card does not give it. */
  readonly transactionCounter: number | undefined;
  /** 9F13. */
  readonly lastOnlineCounter: number | undefined;
  /** 9F14. */
  readonly lowerLimit: number;
  /** 9F23. */
  readonly upperLimit: number;
}

type Mark = keyof TerminalVerificationResults;

const LOWER: Mark = 'lowerConsecutiveOfflineLimitExceeded';
const UPPER: Mark = 'upperConsecutiveOfflineLimitExceeded';

/**
 * The bits of 95 that velocity and new card checking set (JR/T 0025.6-2013 7.8.8, 7.8.9, figure 19). A card that was
 * online later than it is now counts as one that gives no counters (EMV 4.3 Book 3 §10.6.3).
 */
export function velocityMarks({
  transactionCounter,
  lastOnlineCounter,
  lowerLimit,
  upperLimit,
}: VelocityFacts): Mark[] {
  const newCard: Mark[] = lastOnlineCounter === 0 ? ['newCard'] : [];
  const isTold = transactionCounter !== undefined && lastOnlineCounter !== undefined;
  if (!isTold || lastOnlineCounter > transactionCounter) return [LOWER, UPPER, ...newCard];
  const offline = transactionCounter - lastOnlineCounter;
  return [...(offline > lowerLimit ? [LOWER] : []), ...(offline > upperLimit ? [UPPER] : []), ...newCard];
}
