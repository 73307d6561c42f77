import { CommandError } from '../../exit-codes.js';
import { pointAt } from '../point-at.js';
import type { LogLine } from './log-format.js';

/** Hex in a log that is damaged, with line, column and the place under a caret. */
export function damagedHex({ text, number }: LogLine, index: number, what: string, showPan: boolean): CommandError {
  return new CommandError(
    'log-hex-invalid',
    `${what} (line ${number}, column ${index + 1})\n${pointAt(text, index, 1, showPan)}`,
    undefined,
    'Mend the line, or take it out of the log.',
  );
}
