import {
  type ExplainedExchange,
  type ExplainOptions,
  explainLastExchange,
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

/** The last exchange of a conversation that is still going on. */
export function explainLast(exchanges: readonly TracedExchange[], options: ExplainOptions): ShownExchange | undefined {
  const steps = followSession(exchanges);
  const explained = explainLastExchange(steps, options);
  const response = exchanges.at(-1)?.response;
  if (explained === undefined) return undefined;
  const hex = response && toHex(response);
  return {
    command: explained.command!.hex,
    ...(hex !== undefined && { response: options.showPan ? hex : sessionContext(steps).cardNumbers.mask(hex) }),
    explained,
  };
}
