import {
  ApduError,
  type Command,
  decodeCommand,
  flatten,
  fromHex,
  instructions,
  tryDecode,
  valuesByDataObjectList,
} from '../../../../../../emv/index.js';
import type { SessionExchange } from '../session-input.js';

export interface RecordedCommand extends Command {
  /** Without the status word. */
  readonly answer: Uint8Array;
}

/** The transcript's commands taken apart, as far as they are commands. */
export function recordedCommands(transcript: readonly SessionExchange[]): RecordedCommand[] {
  return transcript.flatMap(({ command, response }) => {
    try {
      return [{ ...decodeCommand(fromHex(command)), answer: response.subarray(0, Math.max(0, response.length - 2)) }];
    } catch (error) {
      if (error instanceof ApduError) return [];
      throw error;
    }
  });
}

/** A data object of the records that the transcript's card gave. */
export function recordedObject(commands: readonly RecordedCommand[], tag: string): Uint8Array | undefined {
  for (const { ins, answer } of commands) {
    const value = ins === instructions.readRecord ? flatten(tryDecode(answer) ?? []).get(tag) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

/** What stands in a command's data at the place that a data object list gives a tag. */
export const valueAt = (
  list: Uint8Array | undefined,
  tag: string,
  data: Uint8Array | undefined,
): Uint8Array | undefined => (list && data ? valuesByDataObjectList(list, data)?.values.get(tag) : undefined);
