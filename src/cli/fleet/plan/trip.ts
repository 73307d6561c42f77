import type { Place, TapEvent } from '../../../tap/index.js';
import type { terminalProfiles } from '../../../terminal/index.js';

/** Where a tap is made, and for how much; the terminal's number is still without the fleet's tag. */
export interface Stop {
  readonly profile: keyof typeof terminalProfiles;
  readonly operator: string;
  readonly terminal: string;
  readonly event: TapEvent;
  readonly place: Place;
  readonly amountFen?: number | undefined;
}

/** A tap that somebody sets out to make. */
export interface PlannedTap extends Stop {
  /** Seconds since 1970. */
  readonly at: number;
  /** The card leaves before it has answered this command, counted from 1. */
  readonly tornAt?: number | undefined;
  /** A torn tap is made once more. */
  readonly isRetried: boolean;
}
