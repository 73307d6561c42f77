import {
  type CertificationAuthorityKeyStore,
  type DataMap,
  type TransactionOutcome,
  toHex,
} from '../../../../emv/index.js';
import type { TimedExchange } from '../timing/timed-exchange.js';

/** An exchange with its times; without an answer where the card gave none. */
export const exchangeOf = ({ command, response, error, at, elapsedUs, cardUs, readerUs }: TimedExchange) => ({
  command: toHex(command),
  response: response ? toHex(response) : '',
  ...(error && { error }),
  at: Math.round(at * US_PER_MS) / US_PER_MS,
  elapsedUs,
  ...(cardUs !== undefined && { cardUs }),
  ...(readerUs !== undefined && { readerUs }),
});

const US_PER_MS = 1000;

/** Data objects by tag. */
export const inHex = (data: DataMap): Record<string, string> =>
  Object.fromEntries([...data].map(([tag, value]) => [tag, toHex(value)]));

const RID_LENGTH = 5;

/** What a terminal believes, and what of it not any more. */
interface Believed {
  readonly caKeys: CertificationAuthorityKeyStore;
  readonly revoked?: ReadonlySet<string> | undefined;
}

/** The keys that the card asks for, as far as the terminal trusts them, and what was revoked below them; no other takes part. */
export function trustNamed(
  { applicationIdentifier, data }: Pick<TransactionOutcome, 'applicationIdentifier' | 'data'>,
  { caKeys, revoked = new Set() }: Believed,
) {
  const index = data.get('8F');
  if (!applicationIdentifier || !index) return { caKeys: [] };
  const [rid, name] = [toHex(applicationIdentifier.subarray(0, RID_LENGTH)), toHex(index)];
  const keys = caKeys.find(rid, name).map(({ prepared: _, ...key }) => key);
  const below = [...revoked].filter((certificate) => certificate.startsWith(rid + name));
  return { caKeys: keys, ...(below.length > 0 && { revoked: below }) };
}
