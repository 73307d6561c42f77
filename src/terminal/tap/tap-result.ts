import type {
  JourneyTradeOptions,
  QpbocOutcome,
  SmallPaymentOutcome,
  SmallPaymentPortAnswer,
} from '../../../emv/kernel/index.js';
import type { DataMap } from '../../../emv/tlv/index.js';
import type { TapRecord } from '../../tap/index.js';
import displayTexts from './displays.json';
import type { TapExchange } from './tap-exchange.js';

/** What the terminal shows its holder (JR/T 0025.12-2013 6). */
export type Display = keyof typeof displayTexts;

/** The words for each display, in English and Chinese. */
export const displays: Readonly<Record<Display, { readonly text: string; readonly textZh: string }>> = displayTexts;

/** What the terminal brought to the transaction; with the card's answers it comes to the same end again. */
export interface TerminalInput {
  /** By tag, as it stood before preliminary processing (JR/T 0025.12-2013 6.2.2). */
  readonly data: DataMap;
  readonly unpredictableNumber: Uint8Array;
  /** YYYY-MM-DD. */
  readonly date: string;
  /** Of the small-payment extension: the trade, and what the ports answered, in their order. */
  readonly smallPayment?:
    | { readonly trade: JourneyTradeOptions; readonly answers: readonly SmallPaymentPortAnswer[] }
    | undefined;
}

export interface TapResult {
  /** `torn`: the card was lost before it was done; nothing was accepted, and the card is to be presented again. */
  readonly outcome: QpbocOutcome['outcome'] | 'torn';
  /** The kernel's stable code; of a torn tap the channel's. */
  readonly reason: string;
  /** Whether the holder may pass. Exactly then there is a tap record. */
  readonly accepted: boolean;
  readonly tapRecord?: TapRecord | undefined;
  readonly display: Display;
  readonly tryAnotherInterface: boolean;
  /**
   * Torn only: the answer to the last READ RECORD was lost, with which a card debits (JR/T 0025.12-2013 7.7.19).
   * Whether it did cannot be known from here; see `recoverTap`.
   */
  readonly mayHaveDebited: boolean;
  /** The card number as it may be shown, where the card gave it. */
  readonly maskedPan?: string | undefined;
  /** What was debited on the card, or would have been; at an exit that prices offline the fare. */
  readonly amountFen: number;
  /** The kernel's result in full. */
  readonly transaction: QpbocOutcome | SmallPaymentOutcome;
  readonly terminalInput: TerminalInput;
  readonly trace: readonly TapExchange[];
  readonly timing: {
    /** Milliseconds from the first command to the decision. */
    readonly totalMs: number;
    /** Of these, milliseconds in which the terminal waited for the card. */
    readonly cardMs: number;
  };
}
