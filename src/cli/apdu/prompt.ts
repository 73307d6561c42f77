import { createInterface } from 'node:readline/promises';
import type { Colours } from '../colours.js';
import { namedCommands } from './script/named-commands.js';
import { parseLine } from './script/parse-line.js';
import type { Statement } from './script/statement.js';

const words = [...Object.keys(namedCommands), 'expect', 'reset', 'wait', 'help', 'quit'];

interface Prompt {
  readonly colours: Colours;
  readonly signal: AbortSignal;
  readonly perform: (statement: Statement) => Promise<void>;
  readonly onError: (error: unknown) => Promise<unknown>;
}

/**
 * Takes statements from a terminal until `quit`, Ctrl-D or Ctrl-C, which the terminal hands over as a key; what goes wrong
 * is told, and the next is taken.
 */
export async function prompt({ colours, signal, perform, onError }: Prompt): Promise<void> {
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
    prompt: colours.bold('apdu> '),
    completer: (line: string): [string[], string] => [words.filter((word) => word.startsWith(line)), line],
  });
  terminal.on('history', (history: string[]) => {
    if (/^\s*verify\b/i.test(history[0] ?? '')) history.shift();
  });
  let isClosed = false;
  terminal.once('close', () => {
    isClosed = true;
  });
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  signal.addEventListener('abort', () => terminal.close(), { once: true });
  terminal.prompt();
  for await (const line of terminal) {
    const said = line.trim().toLowerCase();
    if (said === 'quit' || said === 'exit') break;
    if (said === 'help' || said === '?') console.log(helpOfStatements(colours));
    else {
      try {
        const statement = parseLine(line);
        if (statement) await perform(statement);
      } catch (error) {
        await onError(error);
      }
    }
    // A closed terminal that prompts takes up its input again, for which the process would live on.
    if (isClosed) break;
    terminal.prompt();
  }
  terminal.close();
}

const others: readonly (readonly [usage: string, meaning: string])[] = [
  ['00A4040000', 'a command in hex, in groups or not; $9F36 stands for what was said last of 9F36'],
  ['expect 9000 61?? 6F*9000', 'what the last answer has to be: a status word, or all of it'],
  ['reset', 'power the card down and up'],
  ['wait MILLISECONDS', 'do nothing for a while'],
];

/** All that a line can be. */
function helpOfStatements(colours: Colours): string {
  const rows = [...Object.values(namedCommands).map(({ meaning, usage }) => [usage, meaning] as const), ...others];
  const columns = Math.max(...rows.map(([usage]) => usage.length));
  return rows.map(([usage, meaning]) => `  ${colours.cyan(usage.padEnd(columns))}  ${meaning}`).join('\n');
}
