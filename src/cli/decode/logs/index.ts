import { answersToReset } from './answers-to-reset.js';
import { bareLines } from './bare-lines.js';
import { jsonTranscript } from './json-transcript.js';
import { createLogText, type LogFormat, type LoggedSession } from './log-format.js';
import { markedLineFormats } from './marked-lines.js';
import { nci } from './nci.js';
import { opensc } from './opensc.js';
import { pcscSpy } from './pcsc-spy.js';
import { proxmark } from './proxmark.js';

export type { LogFormat, LoggedExchange, LoggedSession } from './log-format.js';

/** Every format, the most particular first: the first that recognises a log reads it. */
export const logFormats: readonly LogFormat[] = [
  jsonTranscript,
  proxmark,
  opensc,
  pcscSpy,
  nci,
  ...markedLineFormats({ answered: true }),
  bareLines,
  ...markedLineFormats({ answered: false }),
  answersToReset,
];

export interface ReadLog {
  readonly format: LogFormat;
  readonly sessions: readonly LoggedSession[];
}

/** The conversations in a log, `undefined` for text that is none. Throws `CommandError` where hex in it is damaged. */
export function readLog(text: string, showPan: boolean): ReadLog | undefined {
  const log = createLogText(text, showPan);
  const format = logFormats.find((candidate) => candidate.recognises(log));
  return format && { format, sessions: format.read(log) };
}
