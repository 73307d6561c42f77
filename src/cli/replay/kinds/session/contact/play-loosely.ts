import { type CardAnswer, encodeResponse, toHex } from '../../../../../../emv/index.js';
import type { SessionExchange } from '../session-input.js';

const HEADER_DIGITS = 8;
const FUNCTION_NOT_SUPPORTED = encodeResponse(new Uint8Array(0), 0x6a81);
const SELECT = '00A4';

/**
 * Plays a card that answers by the head of a command (class to P2, for SELECT the whole) instead of its bytes, each
 * recorded answer once: for recordings whose terminal's data are not all known.
 */
export function playLoosely<Outcome>(
  kernel: Generator<{ readonly command: Uint8Array }, Outcome, CardAnswer>,
  transcript: readonly SessionExchange[],
): Outcome {
  const left = [...transcript];
  let step = kernel.next();
  while (!step.done) {
    const command = toHex(step.value.command);
    const at = left.findIndex((exchange) => answers(exchange.command, command));
    const [found] = at < 0 ? [] : left.splice(at, 1);
    step = kernel.next({ kind: 'response', response: found?.response ?? FUNCTION_NOT_SUPPORTED });
  }
  return step.value;
}

const answers = (recorded: string, sent: string): boolean =>
  sent.startsWith(SELECT) ? recorded === sent : recorded.slice(0, HEADER_DIGITS) === sent.slice(0, HEADER_DIGITS);
