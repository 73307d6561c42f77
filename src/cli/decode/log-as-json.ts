import type { ExplainedLog } from './explain-log.js';

/** One conversation as a JSON document, several as one of `sessions`, in pieces: the whole may be longer than a string. */
export function* logsAsJson(logs: readonly ExplainedLog[]): Generator<string> {
  const [only, ...others] = logs;
  if (only !== undefined && others.length === 0) return yield* logAsJson(only, '');
  yield '{\n  "sessions": [';
  for (const [index, log] of logs.entries()) {
    yield index === 0 ? '\n    ' : ',\n    ';
    yield* logAsJson(log, '    ');
  }
  yield logs.length === 0 ? ']\n}' : '\n  ]\n}';
}

function* logAsJson(
  { exchanges, exchangeCount, chains, summary, ...head }: ExplainedLog,
  indent: string,
): Generator<string> {
  const inner = `${indent}  `;
  yield '{';
  for (const [name, value] of Object.entries(head)) yield `\n${inner}"${name}": ${toJson(value, inner)},`;
  yield `\n${inner}"exchanges": [`;
  let isFirst = true;
  for (const exchange of exchanges()) {
    yield `${isFirst ? '' : ','}\n${inner}  ${toJson(exchange, `${inner}  `)}`;
    isFirst = false;
  }
  yield exchangeCount === 0 ? '],' : `\n${inner}],`;
  yield `\n${inner}"chains": ${toJson(chains(), inner)},`;
  yield `\n${inner}"summary": ${toJson(summary(), inner)}\n${indent}}`;
}

const toJson = (value: unknown, indent: string): string =>
  JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${indent}`);
