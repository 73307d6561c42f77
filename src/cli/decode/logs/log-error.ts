import { CommandError } from '../../exit-codes.js';
import { pointAt } from '../point-at.js';
import type { LogLine } from './log-format.js';

/** What a program puts in the place of bytes that it does not show. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  '*': 'masked from here on',
  '…': 'cut off here',
  '.': 'cut off here',
};

/** Hex in a log that is damaged, with line, column and the place under a caret. */
export function damagedHex({ text, number }: LogLine, index: number, what: string, showPan: boolean): CommandError {
  const leftOut = LEFT_OUT[text.charAt(index)];
  return new CommandError(
    'log-hex-invalid',
    `${leftOut ?? what} (line ${number}, column ${index + 1})\n${pointAt(text, index, 1, showPan)}`,
    undefined,
    leftOut === undefined
      ? 'Mend the line, or take it out of the log.'
      : 'The log does not hold these bytes; yongtap tap --record FILE and yongtap apdu --record FILE keep all of them.',
  );
}
