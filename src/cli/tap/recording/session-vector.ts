import {
  type CertificationAuthorityKeyStore,
  type DataMap,
  type TransactionOutcome,
  toHex,
} from '../../../../emv/index.js';
import type { CardChannel } from '../../../readers/index.js';
import type { TapResult } from '../../../terminal/index.js';
import { outcomeInHex } from '../../replay/kinds/session/outcome-in-hex.js';
import type { Vector } from '../../replay/vector.js';
import type { BenchTerminal } from '../bench-terminal.js';
import type { TapTiming } from '../timing/split-time.js';
import type { TimedExchange } from '../timing/timed-exchange.js';
import recordedData from './recorded-data.json';

export interface RecordedTap {
  readonly result: TapResult;
  /** The trace of the result, with what is known of its times. */
  readonly exchanges?: readonly TimedExchange[];
  readonly timing?: TapTiming;
  readonly bench: BenchTerminal;
  readonly at: Date;
  readonly channel: CardChannel;
  readonly caKeys: CertificationAuthorityKeyStore;
}

/**
 * A tap as a vector of kind `session`: with what the terminal brought to it and what the card answered, the kernel comes
 * to the same end again. It holds the card number wherever the card's own bytes do, and nowhere else.
 */
export function sessionVector(
  id: string,
  { result, exchanges, timing, bench, at, channel, caKeys }: RecordedTap,
): Vector {
  const { transaction, terminalInput } = result;
  const { profileName, event, place, amountFen } = bench;
  return {
    id,
    kind: 'session',
    title: `${profileName} ${event}, ${channel.name}: ${result.outcome}`,
    input: {
      kernel: terminalInput.smallPayment ? 'small-payment' : 'qpboc',
      name: channel.name,
      ...(channel.answerToReset && { answerToReset: toHex(channel.answerToReset) }),
      tap: { profile: profileName, event, place, amountFen, at: at.toISOString() },
      terminal: inHex(terminalInput.data),
      unpredictableNumber: toHex(terminalInput.unpredictableNumber),
      date: terminalInput.date,
      ...(terminalInput.smallPayment && smallPaymentInHex(terminalInput.smallPayment)),
      caKeys: keysNamed(transaction, caKeys),
      ...(timing && { timing: { method: timing.method, decisionUs: timing.decisionUs, keptUs: timing.keptUs } }),
      transcript: (exchanges ?? result.trace).map(exchangeOf),
    },
    expect: outcomeInHex(transaction, recordedData),
  };
}

/** The trade and the answers of its ports, with bytes in hex. */
const smallPaymentInHex = (smallPayment: NonNullable<TapResult['terminalInput']['smallPayment']>) =>
  JSON.parse(
    JSON.stringify(smallPayment, (_, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value)),
  ) as Readonly<Record<string, unknown>>;

const exchangeOf = ({ command, response, error, at, elapsedUs, cardUs, readerUs }: TimedExchange) => ({
  command: toHex(command),
  response: response ? toHex(response) : '',
  ...(error && { error }),
  at: Math.round(at * US_PER_MS) / US_PER_MS,
  elapsedUs,
  ...(cardUs !== undefined && { cardUs }),
  ...(readerUs !== undefined && { readerUs }),
});

const US_PER_MS = 1000;

const inHex = (data: DataMap): Record<string, string> =>
  Object.fromEntries([...data].map(([tag, value]) => [tag, toHex(value)]));

const RID_LENGTH = 5;

/** The keys that the card asks for, as far as the terminal trusts them; no other takes part. */
function keysNamed({ applicationIdentifier, data }: TransactionOutcome, caKeys: CertificationAuthorityKeyStore) {
  const index = data.get('8F');
  if (!applicationIdentifier || !index) return [];
  const keys = caKeys.find(toHex(applicationIdentifier.subarray(0, RID_LENGTH)), toHex(index));
  return keys.map(({ prepared: _, ...key }) => key);
}
