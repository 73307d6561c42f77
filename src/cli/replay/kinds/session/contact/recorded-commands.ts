import { type Command, commandValues, type DataMap, followSession, fromHex } from '../../../../../../emv/index.js';
import type { SessionExchange } from '../session-input.js';

export interface RecordedCommand extends Command {
  /** What it told the card, by the data object list that the card had given. */
  readonly told: DataMap;
}

/** The transcript's commands taken apart, as far as they are commands. */
export const recordedCommands = (transcript: readonly SessionExchange[]): RecordedCommand[] =>
  followSession(transcript.map(({ command, response }) => ({ command: fromHex(command), response }))).flatMap((step) =>
    step.command === undefined ? [] : [{ ...step.command, told: commandValues(step) }],
  );
