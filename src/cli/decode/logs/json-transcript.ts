import { concat, fromHex, HexError } from '../../../../emv/card-language.js';
import { CommandError } from '../../exit-codes.js';
import { pointAt } from '../point-at.js';
import keys from './json-keys.json';
import { damagedHex } from './log-error.js';
import type { LogFormat, LoggedExchange, LoggedSession, LogText } from './log-format.js';
import { looksLikeCommand, looksLikeResponse } from './look-like.js';

type Fields = Readonly<Record<string, unknown>>;

const NESTING_MAX = 6;

/** Transcripts and session vectors of Yongtap, and what others write in JSON: lists of commands with their answers. */
export const jsonTranscript: LogFormat = {
  name: 'json',
  title: 'JSON transcript',
  recognises: ({ text }) => /^\s*[[{]/.test(text) && !/^\s*\[[^\]\n"]{0,80}\]/.test(text),
  read(log) {
    const found = findSessions(parse(log), log, 0);
    if (found.length > 0) return found;
    throw new CommandError(
      'log-without-exchanges',
      'JSON without commands and answers in it',
      undefined,
      'docs/decode.md shows the forms.',
    );
  },
};

function parse({ text, lines, showPan }: LogText): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const offset = Number(/position (\d{1,9})/.exec((error as Error).message)?.[1] ?? text.length);
    const before = text.slice(0, offset).split('\n');
    const line = lines[before.length - 1] ?? { text: '', number: before.length };
    const column = before.at(-1)!.length;
    throw new CommandError(
      'log-json-invalid',
      `not JSON (line ${line.number}, column ${column + 1})\n${pointAt(line.text, column, 1, showPan)}`,
      undefined,
      'It begins like JSON and breaks off: take it whole.',
    );
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function findSessions(value: unknown, log: LogText, depth: number): LoggedSession[] {
  if (depth > NESTING_MAX) return [];
  if (Array.isArray(value)) {
    const exchanges = exchangesOf(value, log);
    return exchanges.length > 0 ? [{ exchanges }] : value.flatMap((one) => findSessions(one, log, depth + 1));
  }
  if (!isFields(value)) return [];
  const list = firstOf(value, keys.list);
  const exchanges = Array.isArray(list) ? exchangesOf(list, log) : [];
  if (exchanges.length > 0) return [{ exchanges, ...titleOf(value), ...answerToResetOf(value, log) }];
  const title = titleOf(value);
  return Object.values(value)
    .flatMap((one) => findSessions(one, log, depth + 1))
    .map((session) => ({ ...title, ...session }));
}

function titleOf({ id, title, name }: Fields): { title?: string } {
  const words = [id, title ?? name].filter((word) => typeof word === 'string');
  return words.length === 0 ? {} : { title: words.join(': ') };
}

function answerToResetOf(value: Fields, log: LogText): { answerToReset?: Uint8Array } {
  const bytes = bytesOf(firstOf(value, keys.answerToReset), log);
  return bytes === undefined ? {} : { answerToReset: bytes };
}

/** The exchanges of a list of objects, of pairs, or of texts, command and answer in turn. */
function exchangesOf(list: readonly unknown[], log: LogText): LoggedExchange[] {
  if (list.every((one) => typeof one === 'string')) return exchangesOfTexts(list, log);
  return list.flatMap((one) => {
    if (Array.isArray(one) && one.length === 2) return exchangesOfTexts(one.map(String), log);
    return isFields(one) ? exchangeOf(one, log) : [];
  });
}

function exchangesOfTexts(list: readonly string[], log: LogText): LoggedExchange[] {
  const exchanges: LoggedExchange[] = [];
  for (let index = 0; index + 1 < list.length; index += 2) {
    const [command, response] = [bytesOf(list[index], log), bytesOf(list[index + 1], log)];
    if (command === undefined || response === undefined) return [];
    if (!looksLikeCommand(command) || !looksLikeResponse(response)) return [];
    exchanges.push({ command, response });
  }
  return exchanges;
}

function exchangeOf(fields: Fields, log: LogText): LoggedExchange[] {
  const command = bytesOf(firstOf(fields, keys.command), log);
  const response = bytesOf(firstOf(fields, keys.response), log);
  if (command === undefined) return [];
  const status = response && looksLikeResponse(response) ? undefined : bytesOf(firstOf(fields, keys.statusWord), log);
  const answer = status === undefined ? response : concat(response ?? new Uint8Array(0), status);
  const { elapsedUs } = fields;
  const time = firstOf(fields, keys.time);
  return [
    {
      command,
      ...(answer && { response: answer }),
      ...(typeof elapsedUs === 'number' && Number.isFinite(elapsedUs) && { elapsedUs }),
      ...(typeof time === 'string' && /^[\dTZ:.,+\s-]{1,40}$/.test(time) && { time }),
      ...(typeof time === 'number' && Number.isFinite(time) && { time: `+${time} ms` }),
    },
  ];
}

function firstOf(fields: Fields, names: readonly string[]): unknown {
  const own = Object.entries(fields);
  for (const name of names) {
    const found = own.find(([key]) => key.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found[1];
  }
  return undefined;
}

/** Hex in groups or not, or a list of numbers; damaged hex is told with its place in the text. */
function bytesOf(value: unknown, log: LogText): Uint8Array | undefined {
  if (Array.isArray(value)) return value.length > 0 && value.every(isByte) ? Uint8Array.from(value) : undefined;
  if (typeof value !== 'string' || value === '' || !/^(?:0x)?[0-9A-Fa-f]/.test(value)) return undefined;
  try {
    return fromHex(value.replace(/0x|[\s:,-]/gi, ''));
  } catch (error) {
    if (!(error instanceof HexError)) throw error;
    if (!/\d/.test(value) || /[G-Zg-z]{2}/.test(value.replace(/0x/gi, ''))) return undefined;
    throw placed(value, log, error);
  }
}

function placed(value: string, log: LogText, error: HexError): CommandError {
  const line = log.lines.find(({ text }) => text.includes(value)) ?? { text: value, number: 1 };
  const index = Math.max(0, line.text.indexOf(value)) + Math.min(error.offset, value.length - 1);
  return damagedHex(line, index, error.code === 'hex-odd-length' ? 'half a byte' : 'not a hex digit', log.showPan);
}

const isByte = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xff;
