import { type CertificationAuthorityKeyStore, toHex } from '../../../../emv/index.js';
import type { CardChannel } from '../../../readers/index.js';
import type { TapResult } from '../../../terminal/index.js';
import { outcomeInHex } from '../../replay/kinds/session/outcome-in-hex.js';
import type { Vector } from '../../replay/vector.js';
import type { BenchTerminal } from '../bench-terminal.js';
import type { TapTiming } from '../timing/split-time.js';
import type { TimedExchange } from '../timing/timed-exchange.js';
import recordedData from './recorded-data.json';
import { exchangeOf, inHex, trustNamed } from './vector-parts.js';

export interface RecordedTap {
  readonly result: TapResult;
  /** The trace of the result, with what is known of its times. */
  readonly exchanges?: readonly TimedExchange[];
  readonly timing?: TapTiming;
  readonly bench: BenchTerminal;
  readonly at: Date;
  readonly channel: CardChannel;
  readonly caKeys: CertificationAuthorityKeyStore;
  readonly revoked?: ReadonlySet<string>;
}

/**
 * A tap as a vector of kind `session`: with what the terminal brought to it and what the card answered, the kernel comes
 * to the same end again. It holds the card number wherever the card's own bytes do, and nowhere else.
 */
export function sessionVector(
  id: string,
  { result, exchanges, timing, bench, at, channel, ...trust }: RecordedTap,
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
      ...trustNamed(transaction, trust),
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
