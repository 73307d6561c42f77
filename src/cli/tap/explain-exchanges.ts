import {
  type ExplainedExchange,
  type ExplainOptions,
  explainSession,
  followSession,
  sessionContext,
  toHex,
} from '../../../emv/index.js';

/** An exchange of whatever kernel, as far as a trace tells of it. */
export interface TracedExchange {
  readonly command: Uint8Array;
  readonly response?: Uint8Array | undefined;
  readonly error?: string | undefined;
  readonly elapsedUs: number;
}

/** An exchange as it may be shown: card numbers masked unless `showPan`, a PIN always. */
export interface ShownExchange {
  /** Hex. */
  readonly command: string;
  /** Hex, with the status word. */
  readonly response?: string;
  readonly explained: ExplainedExchange;
}

/** A conversation, each exchange understood by those before it. */
export function explainExchanges(exchanges: readonly TracedExchange[], options: ExplainOptions): ShownExchange[] {
  const steps = followSession(exchanges);
  const { cardNumbers } = sessionContext(steps);
  return explainSession(steps, options).exchanges.map((explained, index) => {
    const { response } = exchanges[index]!;
    const hex = response && toHex(response);
    return {
      command: explained.command!.hex,
      ...(hex !== undefined && { response: options.showPan ? hex : cardNumbers.mask(hex) }),
      explained,
    };
  });
}
