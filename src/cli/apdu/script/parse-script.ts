import { CommandError } from '../../exit-codes.js';
import { parseLine } from './parse-line.js';
import type { Statement } from './statement.js';

/** All lines of a script, looked at before the first is sent. Throws {@link CommandError} with the line's number. */
export function parseScript(text: string, name: string): Statement[] {
  const statements = text.split(/\r?\n/).flatMap((line, index) => parseLine(line, `${name}, line ${index + 1}`) ?? []);
  return withoutIdleExpectations(statements);
}

/**
 * What stands on the command line: each argument is a line; where they are none, all are one line together, for who has
 * left out the quotes.
 */
export function parseWords(words: readonly string[]): Statement[] {
  try {
    return withoutIdleExpectations(words.flatMap((word) => parseLine(word) ?? []));
  } catch (error) {
    if (words.length === 1) throw error;
    try {
      return withoutIdleExpectations([parseLine(words.join(' '))].flatMap((statement) => statement ?? []));
    } catch {
      throw error;
    }
  }
}

/** An expectation is of the answer before it. */
function withoutIdleExpectations(statements: Statement[]): Statement[] {
  const first = statements.find(({ kind }) => kind === 'command' || kind === 'expect');
  if (first?.kind !== 'expect') return statements;
  const place = first.at === '' ? '' : `${first.at}: `;
  throw new CommandError('apdu-invalid', `${place}${first.text}: no command stands before it`);
}
