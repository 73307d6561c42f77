import { encodeCommand } from '../../../../emv/index.js';
import { CommandError } from '../../exit-codes.js';
import { parseAnswerPattern } from './answer-pattern.js';
import { namedCommands, unknownWord } from './named-commands.js';
import { parseHex } from './parse-hex.js';
import type { Statement } from './statement.js';

const COMMAND_LENGTH_MIN = 4;
const WAIT_MS_MAX = 600_000;
const SECRET = /^(verify)\b.*/i;

/**
 * A line of a script: a command by its name or in hex, `expect`, `reset`, `wait`; `undefined` where it is empty or a
 * comment. Throws {@link CommandError} that tells the place.
 */
export function parseLine(line: string, at = ''): Statement | undefined {
  const text = line.replace(/(?:^|\s)#.*$/, '').trim();
  if (text === '') return undefined;
  const [word = '', ...operands] = text.split(/\s+/);
  const place = { at, text: text.replace(SECRET, '$1 ****') };
  try {
    return { ...place, ...parseStatement(word.toLowerCase(), operands, text) };
  } catch (error) {
    if (!(error instanceof CommandError) || at === '') throw error;
    throw new CommandError(error.code, `${at}: ${error.message}`, error.exitCode, error.hint);
  }
}

type Parsed<Kind = Statement> = Kind extends unknown ? Omit<Kind, 'at' | 'text'> : never;

function parseStatement(word: string, operands: readonly string[], text: string): Parsed {
  const named = Object.hasOwn(namedCommands, word) ? namedCommands[word] : undefined;
  if (named) {
    const build = named.parse(operands);
    return { kind: 'command', build: (surroundings) => encodeCommand(build(surroundings)) };
  }
  if (word === 'reset' && operands.length === 0) return { kind: 'reset' };
  if (word === 'expect') return { kind: 'expect', pattern: patternOf(operands.join(' ')) };
  if (word === 'wait') return { kind: 'wait', milliseconds: waitOf(operands) };
  if (/^[a-z][a-z-]*[g-z-]|^[g-z]/.test(word)) throw unknownWord(word);
  return { kind: 'command', build: commandOf(text) };
}

function commandOf(text: string): (surroundings: Parameters<ReturnType<typeof parseHex>>[0]) => Uint8Array {
  const build = parseHex(text);
  if (text.includes('$')) return build;
  const bytes = build({ said: new Map() });
  if (bytes.length >= COMMAND_LENGTH_MIN) return () => bytes;
  throw new CommandError('apdu-invalid', `${bytes.length} bytes are no command: it has at least four`);
}

function patternOf(text: string) {
  const pattern = parseAnswerPattern(text);
  if (pattern) return pattern;
  throw new CommandError(
    'apdu-invalid',
    `expect: ${text || 'nothing'} is no answer`,
    undefined,
    'expect 9000 61?? 6F*9000',
  );
}

function waitOf(operands: readonly string[]): number {
  const milliseconds = Number(operands[0]);
  if (operands.length === 1 && milliseconds >= 0 && milliseconds <= WAIT_MS_MAX) return milliseconds;
  throw new CommandError('apdu-invalid', `it is: wait MILLISECONDS, ${WAIT_MS_MAX} at most`);
}
