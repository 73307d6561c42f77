import { qpbocTransaction } from '../../../../../emv/index.js';
import type { VectorRunner } from '../../vector.js';
import { usableKeys } from '../ca-keys.js';
import { compareOutcome } from './outcome-in-hex.js';
import { playTranscript } from './play-transcript.js';
import { sessionInputSchema } from './session-input.js';

/** A session of the contactless kernel. */
export const play: VectorRunner = (input, expected) => {
  const { transcript, caKeys, terminal, ...rest } = sessionInputSchema.parse(input);
  const kernel = qpbocTransaction({ ...rest, data: terminal, caKeys: usableKeys(caKeys).store });
  return playTranscript(kernel, transcript, (outcome) => compareOutcome(expected, outcome));
};
