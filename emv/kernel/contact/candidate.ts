import { priorityOf } from '../candidates.js';

/** An application that card and terminal both know. */
export interface Candidate {
  /** The name that is selected. */
  readonly applicationIdentifier: Uint8Array;
  /** 1 is the highest, 15 the lowest; 16 where the card gives none (87, low nibble). */
  readonly priority: number;
  /** 87, bit 8: not without the holder's confirmation. */
  readonly needsConfirmation: boolean;
  /** 50, as it may be shown. */
  readonly label?: Uint8Array | undefined;
  /** 9F12. */
  readonly preferredName?: Uint8Array | undefined;
}

/** A name that the terminal knows, and how much of a card's name it must be (JR/T 0025.6-2013 table 5). */
export interface TerminalApplication {
  /** 5 to 16 bytes. */
  readonly applicationIdentifier: Uint8Array;
  /** The application selection indicator: a card's name may go on where this one ends, or must be the same. */
  readonly match: 'partial' | 'exact';
}

export const readPriority = (indicator: Uint8Array | undefined): Pick<Candidate, 'priority' | 'needsConfirmation'> => ({
  priority: priorityOf(indicator),
  needsConfirmation: ((indicator?.[0] ?? 0) & 0x80) !== 0,
});
