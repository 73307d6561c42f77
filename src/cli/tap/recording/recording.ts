import { z } from 'zod';
import { fromHex } from '../../../../emv/index.js';
import { issueText } from '../../../../emv/schema-issues.js';
import { ChannelError, parseTranscript, type Transcript } from '../../../readers/index.js';
import { instantSchema, placeSchema, tapEvents } from '../../../tap/index.js';
import { type Vector, vectorFileSchema } from '../../replay/vector.js';
import { type TimingMethod, timingMethods } from '../timing/timed-exchange.js';
import { type RecordedTerminal, terminalOfTranscript } from './terminal-of-transcript.js';

/** A conversation that can be played again, and the terminal that it was with. */
export interface Recording {
  /** Absent in a file that holds one conversation and nothing else, as earlier versions wrote it. */
  readonly id?: string;
  readonly transcript: Transcript;
  readonly terminal: RecordedTerminal;
  readonly timing?: RecordedTiming | undefined;
}

/** How the times of the transcript were split, and what followed its last answer, in microseconds. */
export interface RecordedTiming {
  readonly method: TimingMethod;
  readonly decisionUs?: number | undefined;
  readonly keptUs?: number | undefined;
}

const hex = z.string().regex(/^(?:[0-9A-Fa-f]{2})*$/, 'hex without spaces');

const terminalSchema = z.object({
  tap: z
    .object({
      profile: z.string(),
      event: z.enum(tapEvents),
      place: placeSchema,
      amountFen: z.int().nonnegative(),
      at: instantSchema.transform((instant) => new Date(instant)),
    })
    .partial()
    .optional(),
  unpredictableNumber: hex.transform(fromHex).optional(),
  timing: z
    .object({
      method: z.enum(timingMethods),
      decisionUs: z.number().nonnegative().optional(),
      keptUs: z.number().nonnegative().optional(),
    })
    .optional(),
});

/**
 * The conversations of parsed JSON: sessions of a vector file, or a transcript as it stands. Throws `transcript-invalid`
 * where it is neither.
 */
export function recordingsOf(value: unknown): Recording[] {
  const file = vectorFileSchema.safeParse(value);
  if (file.success) return file.data.vectors.filter(({ kind }) => kind === 'session').map(recordingOf);
  const transcript = parseTranscript(value);
  return [{ transcript, terminal: terminalOfTranscript(transcript) }];
}

function recordingOf({ id, input }: Vector): Recording {
  const transcript = parseTranscript(input);
  const terminal = terminalSchema.safeParse(input);
  if (!terminal.success) {
    const text = issueText(input, terminal.error.issues[0]!);
    throw new ChannelError('transcript-invalid', `not a transcript: ${id}: ${text}`);
  }
  const { tap, timing, unpredictableNumber } = terminal.data;
  return {
    id,
    transcript,
    timing,
    terminal: { ...terminalOfTranscript(transcript), ...tap, ...(unpredictableNumber && { unpredictableNumber }) },
  };
}
