import { ChannelError } from '../../readers/index.js';
import { CommandError } from '../exit-codes.js';
import { type ApduConversation, calledOff, type Done } from './apdu-conversation.js';
import type { Statement } from './script/statement.js';

interface Running {
  /** Whether a failed expectation does not end it. */
  readonly keepGoing: boolean;
  readonly signal: AbortSignal;
  readonly onDone: (done: Done) => void;
}

/**
 * Performs statements in their order, to the first expectation that is not met or to the end. Returns what broke it off:
 * a lost card, a value that was not said, or Ctrl-C before the last of them.
 */
export async function runStatements(
  conversation: ApduConversation,
  statements: readonly Statement[],
  { keepGoing, signal, onDone }: Running,
): Promise<ChannelError | CommandError | undefined> {
  for (const statement of statements) {
    if (signal.aborted) return calledOff();
    try {
      const done = await conversation.perform(statement);
      onDone(done);
      if (done.kind === 'checked' && !done.expectation.isMet && !keepGoing) return undefined;
    } catch (error) {
      if (error instanceof ChannelError) return error;
      if (!(error instanceof CommandError)) throw error;
      return statement.at === '' ? error : atLine(statement.at, error);
    }
  }
  return undefined;
}

const atLine = (at: string, { code, exitCode, hint, message }: CommandError): CommandError =>
  new CommandError(code, `${at}: ${message}`, exitCode, hint);
