import { concat } from '../../../../emv/card-language.js';
import rows from './line-formats.json';
import type { LogFormat, LoggedMessage, LogLine, LogText } from './log-format.js';
import { looksLikeCommand, looksLikeResponse } from './look-like.js';
import { pairMessages } from './pair-messages.js';
import { readHex } from './read-hex.js';
import { readTime } from './read-time.js';

interface LineFormat {
  readonly name: string;
  readonly title: string;
  readonly command: readonly string[];
  readonly response: readonly string[];
  /** Direction is told by the bytes: programs on the card's side receive commands. */
  readonly byContent?: boolean;
  /** Pattern of the time that the answer took, and how many microseconds its unit has. */
  readonly elapsed?: string;
  readonly microseconds?: number;
}

type Direction = 'command' | 'response';

interface Mark {
  readonly direction: Direction;
  /** Where the mark ends. */
  readonly end: number;
}

/**
 * Every format whose lines say by a word or an arrow which way the bytes go. With `answered` a log must have an answer
 * too: a word alone can mean anything.
 */
export function markedLineFormats({ answered }: { readonly answered: boolean }): LogFormat[] {
  return (rows as readonly LineFormat[]).map((row) => {
    const patterns = patternsOf(row);
    return {
      name: row.name,
      title: row.title,
      recognises: (log) => recognises(readMessages({ ...log, tolerant: true }, row, patterns), answered),
      read: (log) => [pairMessages(readMessages(log, row, patterns))],
    };
  });
}

type Patterns = Readonly<Record<Direction, RegExp>>;

/** A mark stands alone: no letter or digit of the same kind beside it. The longest fits first. */
function patternsOf({ command, response }: LineFormat): Patterns {
  const pattern = (marks: readonly string[]): RegExp => {
    const sorted = [...marks]
      .sort((left, right) => right.length - left.length)
      .map((mark) => mark.replace(/[|\\{}()[\]^$+*?.]/g, '\\$&'));
    return new RegExp(`(?<![\\w<>=-])(?:${sorted.join('|')})(?![\\w<>=])`, 'i');
  };
  return { command: pattern(command), response: pattern(response) };
}

/** The earliest mark of a line. */
function findMark(text: string, patterns: Patterns): Mark | undefined {
  const [command, response] = [patterns.command.exec(text), patterns.response.exec(text)];
  const first = command !== null && (response === null || command.index <= response.index) ? command : response;
  if (first === null) return undefined;
  return { direction: first === command ? 'command' : 'response', end: first.index + first[0].length };
}

/** Whether a real command, and if need be an answer, is among the first messages. */
function recognises(messages: Iterable<LoggedMessage>, answered: boolean): boolean {
  let hasCommand = false;
  let looked = 0;
  for (const { direction, bytes } of messages) {
    if (direction === 'command' && looksLikeCommand(bytes)) hasCommand = true;
    if (hasCommand && (!answered || (direction === 'response' && looksLikeResponse(bytes)))) return true;
    if (++looked > MESSAGES_LOOKED_AT) return false;
  }
  return false;
}

const MESSAGES_LOOKED_AT = 1000;

function* readMessages(log: LogText, row: LineFormat, patterns: Patterns): Generator<LoggedMessage> {
  const elapsed = row.elapsed === undefined ? undefined : new RegExp(row.elapsed);
  let open:
    | { direction: Direction; parts: Uint8Array[]; time: string | undefined; elapsedUs: number | undefined }
    | undefined;
  let awaited: Direction = 'command';
  const finish = function* (): Generator<LoggedMessage> {
    const bytes = open && concat(...open.parts);
    if (open && bytes && bytes.length > 0) {
      const direction = row.byContent ? directionOf(bytes, awaited) : open.direction;
      if (direction !== undefined) {
        awaited = direction === 'command' ? 'response' : 'command';
        const { time, elapsedUs } = open;
        yield {
          direction,
          bytes,
          ...(time !== undefined && { time }),
          ...(elapsedUs !== undefined && direction === 'response' && { elapsedUs }),
        };
      }
    }
    open = undefined;
  };
  for (const line of log.lines) {
    const atr = answerToResetOf(line, log);
    const mark = atr === undefined ? findMark(line.text, patterns) : undefined;
    const rest = open && mark === undefined ? continuationOf(line, log) : undefined;
    if (rest !== undefined) {
      open!.parts.push(rest);
      continue;
    }
    yield* finish();
    if (atr !== undefined) yield { direction: 'answer-to-reset', bytes: atr };
    if (mark === undefined) continue;
    const bytes = readHex(line, mark.end, log);
    const took = elapsed?.exec(line.text)?.[1];
    const time = readTime(line.text.slice(0, mark.end));
    open = {
      direction: mark.direction,
      parts: bytes ? [bytes] : [],
      time,
      elapsedUs: took === undefined ? undefined : Number(took) * (row.microseconds ?? 1),
    };
  }
  yield* finish();
}

/** Nothing but hex, behind it perhaps what the status word means: `90 00 : Normal processing.` */
const CONTINUATION = /^\s*(?:[0-9A-Fa-f]{2})+(?:\s(?:[0-9A-Fa-f]{2})+)*\s*(?::\s.*)?$/;

function continuationOf(line: LogLine, log: LogText): Uint8Array | undefined {
  const [hex = ''] = line.text.split(' : ');
  return hex.length <= CONTINUATION_MAX && CONTINUATION.test(line.text.slice(0, CONTINUATION_MAX))
    ? readHex({ ...line, text: hex }, 0, log)
    : undefined;
}

const CONTINUATION_MAX = 4096;

function directionOf(bytes: Uint8Array, awaited: Direction): Direction | undefined {
  if (awaited === 'response' && looksLikeResponse(bytes)) return 'response';
  if (looksLikeCommand(bytes)) return 'command';
  return looksLikeResponse(bytes) ? 'response' : undefined;
}

const ANSWER_TO_RESET = /\b(?:Card )?ATR(?:\s?value)?\s?[:=]?\s*(?=3[BF])/i;

/** `Card ATR: 3B …`, `ATR: 3B…`, scriptor's `< OK: 3B …`, and the end of `SCardConnect(…) -> T=1, 3B…`. */
export function answerToResetOf(line: LogLine, log: LogText): Uint8Array | undefined {
  const found =
    ANSWER_TO_RESET.exec(line.text) ?? /^< OK: (?=3[BF])/.exec(line.text) ?? /-> T=\d, (?=3[BF])/.exec(line.text);
  const bytes = found === null ? undefined : readHex(line, found.index + found[0].length, log);
  return bytes && bytes.length <= 33 ? bytes : undefined;
}
