/** A kind of reader, as far as it takes commands for itself. */
export interface ReaderModel {
  /** The answer to a command that is meant for the reader; `undefined` where it goes to the card. */
  transmit(command: Uint8Array): Uint8Array | undefined;
  /** The answer to what came by control code; empty where it does not know it. */
  control(data: Uint8Array): Uint8Array;
}

/** What a reader can tell of the card in its field. */
export interface CardInField {
  /** The identifier of ISO/IEC 14443-3: 4, 7 or 10 bytes. */
  readonly uid: Uint8Array;
  /** The answer to select of ISO/IEC 14443-4. */
  readonly ats: Uint8Array;
}

/** What a holder sees and hears of a reader. */
export interface Front {
  readonly green: boolean;
  readonly red: boolean;
  /** Beeps since the card came. */
  readonly beeps: number;
}

export type FrontListener = (front: Front) => void;
