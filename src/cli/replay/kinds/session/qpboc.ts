import { qpbocTransaction } from '../../../../../emv/index.js';
import { compare } from '../../compare.js';
import type { VectorRunner } from '../../vector.js';
import { usableKeys } from '../ca-keys.js';
import { outcomeInHex } from './outcome-in-hex.js';
import { playTranscript } from './play-transcript.js';
import { sessionInputSchema } from './session-input.js';

/** A session of the contactless kernel. */
export const play: VectorRunner = (input, expected) => {
  const { transcript, caKeys, terminal, ...rest } = sessionInputSchema.parse(input);
  const kernel = qpbocTransaction({ ...rest, data: terminal, caKeys: usableKeys(caKeys).store });
  const { outcome, differences } = playTranscript(kernel, transcript);
  if (outcome === undefined) return differences;
  return [...differences, ...compare(expected, outcomeInHex(outcome, Object.keys(expected.data ?? {})))];
};
