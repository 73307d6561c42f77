import type { LogFormat, LoggedMessage, LogText } from './log-format.js';
import { looksLikeCommand, looksLikeResponse } from './look-like.js';
import { pairMessages } from './pair-messages.js';
import { readHex } from './read-hex.js';

const HEX_LINE = /^[0-9A-Fa-f]{2}[0-9A-Fa-f\s:]*$/;
const LINES_MIN = 2;

/** Nothing but hex: a command, then its answer, line by line. */
export const bareLines: LogFormat = {
  name: 'hex-lines',
  title: 'lines of hex, command and answer in turn',
  recognises(log) {
    const lines = filled(log);
    if (lines.length < LINES_MIN || lines.length % 2 !== 0 || !lines.every(({ text }) => HEX_LINE.test(text.trim())))
      return false;
    return lines.every((line, index) => {
      const bytes = readHex(line, 0, { ...log, tolerant: true });
      return bytes !== undefined && (index % 2 === 0 ? looksLikeCommand(bytes) : looksLikeResponse(bytes));
    });
  },
  read: (log) => [pairMessages(messages(log))],
};

const filled = ({ lines }: LogText) => lines.filter(({ text }) => text.trim() !== '');

function* messages(log: LogText): Generator<LoggedMessage> {
  for (const [index, line] of filled(log).entries()) {
    const bytes = readHex(line, 0, log);
    if (bytes !== undefined) yield { direction: index % 2 === 0 ? 'command' : 'response', bytes };
  }
}
