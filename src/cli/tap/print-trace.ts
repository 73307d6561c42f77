import { decode, type ExplainOptions, instructions, TlvError } from '../../../emv/index.js';
import type { Colours } from '../colours.js';
import { printTree, shortenHex } from '../decode/print-tree.js';
import { exchangeTitle } from './exchange-title.js';
import { explainExchanges, type ShownExchange, type TracedExchange } from './explain-exchanges.js';

/** INS and P1P2, which the title has said. */
const HEADER_PARTS = 2;
const SHOWN_MAX = 96;
const VALUE_SHOWN_MAX = 64;
const STATUS_WORD_DIGITS = 4;

/** A conversation as an engineer reads it: each command, its answer, and the data objects of both down to the bit. */
export function printTrace(exchanges: readonly TracedExchange[], colours: Colours, options: ExplainOptions): string[] {
  const shown = explainExchanges(exchanges, options);
  return exchanges.flatMap((exchange, index) => printExchange(exchange, shown[index]!, colours));
}

/** One exchange of a trace. */
export function printExchange(
  { command, error, elapsedUs, response }: TracedExchange,
  shown: ShownExchange,
  colours: Colours,
): string[] {
  const { explained } = shown;
  const tree = (objects: Parameters<typeof printTree>[0]) => printTree(objects, colours, '  ', VALUE_SHOWN_MAX);
  const lines = [
    '',
    `${colours.bold(exchangeTitle(command))}  ${colours.dim(`${(elapsedUs / 1000).toFixed(1)} ms`)}`,
    `${colours.dim('>')} ${shortenHex(shown.command, SHOWN_MAX)}`,
    ...(command[1] === instructions.select ? [] : tree(explained.command!.objects.slice(HEADER_PARTS))),
  ];
  if (response === undefined || shown.response === undefined || explained.response === undefined) {
    return [...lines, `${colours.dim('<')} ${colours.red(error ?? 'no answer')}`];
  }
  const { objects } = explained.response;
  const data = shortenHex(shown.response.slice(0, -STATUS_WORD_DIGITS), SHOWN_MAX);
  const { value: statusWord = '', meaning = '' } = objects.at(-1)!;
  const paint = statusWord === '9000' ? colours.green : colours.red;
  return [
    ...lines,
    `${colours.dim('<')} ${data} ${paint(statusWord)} ${colours.dim(meaning)}`,
    ...tree(objects.slice(0, -1)),
    ...(objects[0]?.tag === 'DATA' ? objectionTo(response.subarray(0, -2), colours) : []),
  ];
}

/** Why an answer is no data objects. */
function objectionTo(data: Uint8Array, colours: Colours): string[] {
  try {
    decode(data);
    return [];
  } catch (error) {
    if (error instanceof TlvError) return [`  ${colours.red(`${error.message} [${error.code}]`)}`];
    throw error;
  }
}
