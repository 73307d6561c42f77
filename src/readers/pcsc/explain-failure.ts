import { setTimeout as sleep } from 'node:timers/promises';
import { ChannelError, type ChannelErrorCode } from '../card-channel.js';
import type { PcscBinding } from './binding.js';
import { pcscServiceState } from './service.js';
import { toChannelError } from './to-channel-error.js';

/** A driver that gives up on a mute card says only that the exchange failed; it has waited longer than this. */
const MUTE_AFTER_MS = 1000;
/** A service that ends gives its readers up first, and still answers meanwhile. */
const ENDING_MS = 300;

/** Who has a card was let in once: only a service that ends refuses. */
const AMBIGUOUS: readonly ChannelErrorCode[] = ['communication-error', 'reader-lost', 'service-forbidden'];

/**
 * What is behind a failed command. For a pulled card, a mute one, an unplugged reader and an ended service the
 * service's errors are too much alike (`Transaction failed`, `Invalid handle`), so we look how things stand now.
 */
export async function explainFailure(
  binding: PcscBinding,
  readerName: string,
  error: unknown,
  elapsedMs: number,
): Promise<ChannelError> {
  const failure = toChannelError(error, readerName);
  if (!AMBIGUOUS.includes(failure.code)) return failure;
  const explained = (code: ChannelError['code'], message: string) =>
    new ChannelError(code, `${readerName}: ${message}`, { cause: error });
  const hasEnded = async () => (await pcscServiceState()) !== 'answers';
  if (await hasEnded()) return explained('service-absent', 'the PC/SC service has ended');
  const reader = (await binding.readers().catch(() => [])).find(({ name }) => name === readerName);
  if (!reader) {
    await sleep(ENDING_MS);
    if (await hasEnded()) return explained('service-absent', 'the PC/SC service has ended');
    return failure.code === 'service-forbidden' ? failure : explained('reader-lost', 'the reader was unplugged');
  }
  if (reader.card === 'absent') return explained('card-removed', 'the card was removed');
  if (failure.code === 'communication-error' && (reader.card === 'mute' || elapsedMs >= MUTE_AFTER_MS)) {
    return explained('card-mute', `no answer after ${Math.round(elapsedMs)} ms`);
  }
  return failure;
}
