import type { LogFormat, LogText } from './log-format.js';
import { answerToResetOf } from './marked-lines.js';

/** What pcsc_scan and others say of a card that nobody talked to. */
export const answersToReset: LogFormat = {
  name: 'pcsc_scan',
  title: 'pcsc_scan',
  recognises: (log) => find(log) !== undefined,
  read: (log) => [{ exchanges: [], answerToReset: find(log)! }],
};

function find(log: LogText): Uint8Array | undefined {
  for (const line of log.lines) {
    if (!/ATR/i.test(line.text)) continue;
    const bytes = answerToResetOf(line, log);
    if (bytes !== undefined) return bytes;
  }
  return undefined;
}
