import {
  type ContactAnswer,
  type ContactCommandName,
  type ContactOutcome,
  type ContactRequest,
  type ContactTerminal,
  contactTransaction,
} from '../../../emv/kernel/index.js';
import type { CardChannel, ChannelErrorCode } from '../../readers/index.js';
import { driveKernel } from '../tap/drive-kernel.js';
import { Conversation, type TapExchange } from '../tap/tap-exchange.js';
import { askPort, type ContactPorts } from './contact-ports.js';

export interface RunContactOptions {
  /** Milliseconds that the card may take for one command. Default 5000. */
  readonly exchangeLimitMs?: number | undefined;
  /** A stopwatch in milliseconds. Default `performance.now`. */
  readonly now?: (() => number) | undefined;
  /** Hears of each exchange as it happens. */
  readonly onExchange?: ((exchange: TapExchange<ContactCommandName>) => void) | undefined;
}

/** A contact transaction that was run. */
export interface ContactRun {
  readonly outcome: ContactOutcome;
  /** Why the card was lost, where it was; the outcome is `terminated`, `card-removed`. */
  readonly tear?: ChannelErrorCode | undefined;
  readonly trace: readonly TapExchange<ContactCommandName>[];
}

const EXCHANGE_LIMIT_MS = 5000;

/**
 * Runs a contact transaction over a channel, the ports being the terminal around it: PIN pad, host, clerk, exception
 * file. What the terminal cannot do is told by the ports that are missing. Throws what a port throws, and ChannelError
 * for what is not the card's doing.
 *
 * @example
 * const { outcome } = await runContactTransaction(
 *   { data, unpredictableNumber, date: '2016-01-04', caKeys },
 *   channel,
 *   { enterPin: () => pinPad.read(), authorizeOnline: ({ data }) => host.send(data) },
 * );
 */
export async function runContactTransaction(
  transaction: ContactTerminal,
  channel: CardChannel,
  ports: ContactPorts = {},
  { exchangeLimitMs = EXCHANGE_LIMIT_MS, now = () => performance.now(), onExchange }: RunContactOptions = {},
): Promise<ContactRun> {
  const limits = { exchange: exchangeLimitMs, transaction: Number.POSITIVE_INFINITY };
  const conversation = new Conversation<ContactCommandName>(channel, limits, now, onExchange);
  const answer = (request: ContactRequest): ContactAnswer | Promise<ContactAnswer> =>
    request.kind === 'command' ? conversation.ask(request) : askPort(ports, request);
  const kernel = contactTransaction({ ...abilitiesOf(ports), ...transaction });
  const outcome = await driveKernel(kernel, answer);
  return {
    outcome,
    ...(conversation.tear && { tear: conversation.tear }),
    trace: conversation.trace,
  };
}

const abilitiesOf = (ports: ContactPorts): Partial<ContactTerminal> => ({
  applicationChoice: ports.chooseApplication ? 'choose' : ports.confirmApplication ? 'confirm' : 'none',
  hasExceptionFile: ports.isInExceptionFile !== undefined,
  hasTransactionLog: ports.sumTransactionLog !== undefined,
  supportsReferral: ports.refer !== undefined,
});
