import type { CardChannel } from '../../../readers/index.js';
import { type RecoveredTap, recoverTap, type TapResult, type TerminalProfile } from '../../../terminal/index.js';

/** A torn tap whose card was asked what became of it. */
export interface TornTap {
  /** The card's answer; its own trace is not that of a tap. */
  readonly recovery: Omit<RecoveredTap, 'trace'>;
  /** What the card has paid where it was completed. */
  readonly amountFen: number;
  /** How the card was lost before it had said so; then the next one is asked again. */
  readonly error?: string | undefined;
}

/** Whether the card itself can say what became of a tap. */
export const isProvable = ({ transaction }: Pick<TapResult, 'transaction'>): boolean =>
  'indicator' in transaction && (transaction.indicator ?? 0) !== 0;

/**
 * The tap that was torn last. Only one of the small-payment extension is asked for: the card proves it by its cryptogram
 * (GET TRANS PROVE, JR/T 0025.14-2013 A.4), which no other card has. The next card is asked, once; the one after it where
 * that has left before it said anything.
 */
export class TornTaps {
  #torn: TapResult | undefined;

  constructor(private readonly profile: TerminalProfile) {}

  note(result: TapResult): void {
    if (result.mayHaveDebited && isProvable(result)) this.#torn = result;
  }

  /** `undefined` where no tap was torn, or none that a card could prove. */
  async ask(channel: CardChannel): Promise<TornTap | undefined> {
    const torn = this.#torn;
    const recovered = torn && (await recoverTap(torn, { channel, profile: this.profile }));
    if (torn === undefined || recovered === undefined) return undefined;
    const { trace, ...recovery } = recovered;
    const error = trace.at(-1)?.error;
    if (error === undefined) this.#torn = undefined;
    return { recovery, amountFen: torn.amountFen, error };
  }
}
