import { type Recovery, recoverTransaction } from '../../../emv/kernel/index.js';
import type { CardChannel } from '../../readers/index.js';
import { driveKernel } from './drive-kernel.js';
import type { TapCardOptions } from './tap-card-options.js';
import { Conversation, type TapExchange } from './tap-exchange.js';
import type { TapResult } from './tap-result.js';

export interface RecoveredTap extends Recovery {
  readonly trace: readonly TapExchange[];
}

/**
 * Asks a card that is back, on a channel powered up anew, what became of a tap that was torn
 * ({@link TapResult.mayHaveDebited}); see `recoverTransaction`. A terminal whose tap was `completed` lets the holder
 * pass without a second debit and settles with the cryptogram of the torn transaction; `not-completed` is tapped
 * again; `unknown` is for the counter, with the trace. `undefined` for a tap that cannot have debited.
 *
 * @example
 * const torn = await tapCard(options);
 * if (torn.mayHaveDebited) (await recoverTap(torn, { channel: await reader.waitForCard(), profile }))?.verdict;
 */
export async function recoverTap(
  { mayHaveDebited, transaction }: Pick<TapResult, 'mayHaveDebited' | 'transaction'>,
  options: Pick<TapCardOptions, 'profile' | 'now' | 'onExchange'> & { readonly channel: CardChannel },
): Promise<RecoveredTap | undefined> {
  const applicationIdentifier = transaction.applicationIdentifier;
  if (!mayHaveDebited || applicationIdentifier === undefined) return undefined;
  const now = options.now ?? (() => performance.now());
  const conversation = new Conversation(options.channel, options.profile.limitsMs, now, options.onExchange);
  const { balance, data } = transaction;
  const indicator = 'indicator' in transaction ? transaction.indicator : undefined;
  const said = indicator === undefined ? withoutIndicator(data) : data;
  const kernel = recoverTransaction({ applicationIdentifier, data: said, balance });
  const recovery = await driveKernel(kernel, (command) => conversation.ask(command));
  return { ...recovery, trace: conversation.trace };
}

/** A plain transaction may have said DF60 to be let tap with an amount of 0; no record was written by it. */
const withoutIndicator = (data: ReadonlyMap<string, Uint8Array>) =>
  new Map([...data].filter(([tag]) => tag !== 'DF60'));
