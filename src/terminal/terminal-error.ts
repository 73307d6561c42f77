export type TerminalErrorCode =
  /** A profile that is none. */
  | 'profile-invalid'
  /** The profile has no such event, or has several and none was said. */
  | 'event-invalid'
  /** The profile leaves the amount to the caller, who said none, or the amount is none. */
  | 'amount-invalid'
  /** A field that the profile wants to know of the place is missing. */
  | 'place-incomplete'
  /** The profile writes on the card, and the terminal has no secure access module or no fare table. */
  | 'extension-not-equipped'
  /** The terminal's fare table does not know where it stands. */
  | 'place-not-in-fare-table'
  /** Operator, terminal, sequence or place could not stand in a tap record. */
  | 'tap-invalid';

/** A terminal that was set up wrongly; found before a card is touched. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
  constructor(
    readonly code: TerminalErrorCode,
    message: string,
  ) {
    super(message);
  }
}
