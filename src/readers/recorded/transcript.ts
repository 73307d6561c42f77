import { z } from 'zod';
import { issueText } from '../../../emv/schema-issues.js';
import { ChannelError, type ChannelErrorCode, tearCodes } from '../card-channel.js';

const hex = z.string().regex(/^(?:[0-9A-Fa-f]{2})*$/, 'hex without spaces');

const exchangeSchema = z.object({
  command: hex.min(8, 'a command has at least four bytes'),
  response: hex.refine((text) => text.length !== 2, 'a response has at least its status word'),
  error: z.enum(tearCodes).optional(),
  /** Milliseconds from the start of the conversation to the command. */
  at: z.number().nonnegative().optional(),
  /** Microseconds between command and response. */
  elapsedUs: z.number().nonnegative().optional(),
  /** Of these the card's, and those of the way to it. */
  cardUs: z.number().nonnegative().optional(),
  readerUs: z.number().nonnegative().optional(),
});

const transcriptSchema = z.object({
  name: z.string().optional(),
  answerToReset: hex.optional(),
  transcript: z.array(exchangeSchema),
});

/** One command and its response, in hex. */
export interface Exchange {
  readonly command: string;
  /** With its status word; empty where the card was lost. */
  readonly response: string;
  /** How the card was lost; `card-removed` where nothing is said. */
  readonly error?: ChannelErrorCode | undefined;
  /** Milliseconds from the start of the conversation to the command. */
  readonly at?: number | undefined;
  /** Microseconds between command and response. */
  readonly elapsedUs?: number | undefined;
  /** Of these the card's, and those of the way to it, where they were told apart. */
  readonly cardUs?: number | undefined;
  readonly readerUs?: number | undefined;
}

/** A conversation with a card as plain JSON. Fields of other makers are ignored. */
export interface Transcript {
  readonly name?: string | undefined;
  readonly answerToReset?: string | undefined;
  readonly transcript: readonly Exchange[];
}

/** Checks parsed JSON; throws {@link ChannelError} `transcript-invalid` that names the first wrong field. */
export function parseTranscript(value: unknown): Transcript {
  const parsed = transcriptSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const text = issueText(value, parsed.error.issues[0]!, '(root)');
  throw new ChannelError('transcript-invalid', `not a transcript: ${text}`);
}
