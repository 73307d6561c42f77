import type { LogFormat, LoggedMessage, LogText } from './log-format.js';
import { answerToResetOf } from './marked-lines.js';
import { pairMessages } from './pair-messages.js';
import { readHex } from './read-hex.js';
import { readTime } from './read-time.js';

/** `Outgoing APDU (12 bytes):`, and before OpenSC 0.16 `Outgoing APDU data [   12 bytes] =====`. */
const HEAD = /\b(Outgoing|Incoming) APDU (?:data )?[([]\s{0,8}(\d{1,6}) bytes/;
const BYTES_IN_A_LINE = 16;

/** OpenSC's debug log: hex in lines of 16 bytes with their text behind them. */
export const opensc: LogFormat = {
  name: 'opensc',
  title: 'OpenSC (OPENSC_DEBUG)',
  recognises: ({ lines }) => lines.some(({ text }) => HEAD.test(text)),
  read: (log) => [pairMessages(messages(log))],
};

function* messages(log: LogText): Generator<LoggedMessage> {
  let time: string | undefined;
  for (const [index, line] of log.lines.entries()) {
    time = readTime(line.text) ?? time;
    const bytes = answerToResetOf(line, log);
    if (bytes !== undefined) yield { direction: 'answer-to-reset', bytes };
    const [, way, count] = HEAD.exec(line.text) ?? [];
    if (way === undefined) continue;
    const direction = way === 'Outgoing' ? 'command' : 'response';
    yield { direction, bytes: readDump(log, index + 1, Number(count)), ...(time !== undefined && { time }) };
  }
}

function readDump(log: LogText, from: number, count: number): Uint8Array {
  const bytes: number[] = [];
  for (let index = from; bytes.length < count && index < log.lines.length; index++) {
    const line = log.lines[index]!;
    const wanted = Math.min(BYTES_IN_A_LINE, count - bytes.length);
    const read = readHex({ ...line, text: line.text.slice(0, wanted * 3) }, 0, log);
    if (read === undefined) break;
    bytes.push(...read.subarray(0, wanted));
  }
  return Uint8Array.from(bytes);
}
