import { fstatSync } from 'node:fs';
import type { ExplainOptions } from '../../../emv/card-language.js';
import { coloursFor } from '../colours.js';
import { ProgressBar } from '../fleet/progress-bar.js';
import { writePieces } from '../write-pieces.js';
import type { ExplainedLog } from './explain-log.js';
import { logsAsJson } from './log-as-json.js';
import { printLog } from './print-log.js';

/** Prints the conversations of a log as they are explained; where that goes to a file, a terminal is told how far it is. */
export async function tellLogs(
  logs: readonly ExplainedLog[],
  { json, ...options }: ExplainOptions & { readonly json: boolean },
): Promise<void> {
  const count = logs.reduce((sum, { exchangeCount }) => sum + exchangeCount, 0);
  const bar = new ProgressBar(process.stderr, 'exchanges', count, () => performance.now());
  const told = fstatSync(process.stdout.fd).isFile() ? counted(logs, (done) => bar.show(done)) : logs;
  await writePieces(json ? withNewline(logsAsJson(told)) : linesOf(told, options));
  bar.clear();
}

/** The same conversations, whose exchanges are counted as they are explained. */
export function counted(logs: readonly ExplainedLog[], onExchange: (done: number) => void): ExplainedLog[] {
  let done = 0;
  return logs.map((log) => ({
    ...log,
    *exchanges() {
      for (const exchange of log.exchanges()) {
        yield exchange;
        onExchange(++done);
      }
    },
  }));
}

function* linesOf(logs: readonly ExplainedLog[], options: ExplainOptions): Generator<string> {
  const colours = coloursFor(process.stdout);
  for (const [index, log] of logs.entries()) {
    if (index > 0) yield '\n';
    for (const line of printLog(log, colours, options)) yield `${line}\n`;
  }
}

function* withNewline(pieces: Iterable<string>): Generator<string> {
  yield* pieces;
  yield '\n';
}
