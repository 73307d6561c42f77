import { type CardAnswer, toHex } from '../../../../../emv/index.js';
import type { Difference } from '../../vector.js';
import type { SessionExchange } from './session-input.js';

/**
 * Plays a transcript's card to a kernel, whose commands must be the transcript's, byte for byte and in order. A kernel
 * that asks for more than commands is to be wrapped in a generator that answers the rest. `judge` holds its outcome
 * against what is expected; there is none where a command was another one, which ends the play.
 */
export function playTranscript<Outcome>(
  kernel: Generator<{ readonly command: Uint8Array }, Outcome, CardAnswer>,
  transcript: readonly SessionExchange[],
  judge: (outcome: Outcome) => readonly Difference[],
): readonly Difference[] {
  let step = kernel.next();
  for (const [index, { command, response }] of transcript.entries()) {
    const sent = step.done ? undefined : toHex(step.value.command);
    if (sent !== command) return [{ path: pathOf(index), expected: command, actual: sent }];
    step = kernel.next(response.length === 0 ? { kind: 'no-response' } : { kind: 'response', response });
  }
  if (step.done) return judge(step.value);
  const tooMuch = { path: pathOf(transcript.length), expected: undefined, actual: toHex(step.value.command) };
  step = kernel.next({ kind: 'no-response' });
  return step.done ? [tooMuch, ...judge(step.value)] : [tooMuch];
}

const pathOf = (index: number): string => `transcript[${index}].command`;
