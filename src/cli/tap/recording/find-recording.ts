import { readFile } from 'node:fs/promises';
import { CommandError } from '../../exit-codes.js';
import { namePath } from '../../name-path.js';
import { type Recording, recordingsOf } from './recording.js';

export interface RecordingChoice {
  readonly card?: string | undefined;
  readonly reader?: string | undefined;
  readonly transcript?: string | undefined;
  /** The id of one of several conversations of a file. */
  readonly session?: string | undefined;
}

/** The conversation to play instead of tapping a card, where one was named. Throws {@link CommandError}. */
export async function findRecording({ card, reader, transcript, session }: RecordingChoice) {
  if ([card, transcript, reader].filter((where) => where !== undefined).length > 1) {
    throw new CommandError('card-ambiguous', 'give one of --card, --reader and --transcript');
  }
  const path = transcript ?? card;
  const recording = path === undefined ? undefined : await readRecording(path, transcript === undefined, session);
  if (recording === undefined && session !== undefined) {
    const hint = 'It says which one of a recording: give that with --transcript.';
    throw new CommandError('option-impossible', '--session is for a recording, and this is none', undefined, hint);
  }
  return recording;
}

/** `maybeCard`: a file that is no recording may be a card. */
async function readRecording(
  path: string,
  maybeCard: boolean,
  session: string | undefined,
): Promise<Recording | undefined> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    if (maybeCard) return undefined;
    namePath(error, path);
    throw new CommandError('transcript-unreadable', error.message);
  });
  if (text === undefined) return undefined;
  const value = parse(path, text, maybeCard);
  if (maybeCard && !isConversation(value)) return undefined;
  return choose(path, recordingsOf(value), session);
}

/** A file that `--card` names may be a card; what is wrong with that is told where cards are read. */
function parse(path: string, text: string, maybeCard: boolean): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (maybeCard) return undefined;
    throw new CommandError('transcript-invalid', `${path} is not JSON: ${(error as Error).message}`);
  }
}

const isConversation = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && ('vectors' in value || 'transcript' in value);

function choose(path: string, recordings: readonly Recording[], session: string | undefined): Recording {
  const [only, another] = recordings;
  const chosen = session === undefined ? only : recordings.find(({ id }) => id === session);
  if (chosen && (session !== undefined || !another)) return chosen;
  const ids = recordings.map(({ id }) => id).join(', ');
  if (session !== undefined) {
    throw new CommandError('session-unknown', `${path} has no session ${session}`, undefined, `It has: ${ids}`);
  }
  if (!only) throw new CommandError('session-unknown', `${path} has no session`);
  throw new CommandError(
    'session-ambiguous',
    `${path} has ${recordings.length} sessions`,
    undefined,
    `Say which with --session: ${ids}`,
  );
}
