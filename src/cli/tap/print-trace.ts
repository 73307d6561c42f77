import {
  decode,
  type ExplainOptions,
  explainSession,
  followSession,
  sessionContext,
  TlvError,
  toHex,
} from '../../../emv/index.js';
import type { TapExchange } from '../../terminal/index.js';
import type { Colours } from '../colours.js';
import { printTree, shortenHex } from '../decode/print-tree.js';

const titles: Readonly<Record<TapExchange['name'], string>> = {
  'select-ppse': 'SELECT PPSE',
  'select-application': 'SELECT application',
  'get-data': 'GET DATA',
  'get-processing-options': 'GET PROCESSING OPTIONS',
  'read-record': 'READ RECORD',
  'read-capp-data': 'READ CAPP DATA',
  'update-capp-data-cache': 'UPDATE CAPP DATA CACHE',
  'get-trans-prove': 'GET TRANS PROVE',
};

/** Commands that tell the card something. */
const tellingNames: ReadonlySet<TapExchange['name']> = new Set([
  'get-processing-options',
  'read-capp-data',
  'update-capp-data-cache',
  'get-trans-prove',
]);

/** INS and P1P2, which the title has said. */
const HEADER_PARTS = 2;
const SHOWN_MAX = 96;
const VALUE_SHOWN_MAX = 64;

/**
 * The last exchange as an engineer reads it, understood by those before it: the command, the answer and each of its data
 * objects down to the bit.
 */
export function printLastExchange(
  exchanges: readonly TapExchange[],
  colours: Colours,
  options: ExplainOptions,
): string[] {
  const { name, command, response, error, elapsedUs } = exchanges.at(-1)!;
  const steps = followSession(exchanges);
  const explained = explainSession(steps, options).exchanges.at(-1)!;
  const tree = (objects: Parameters<typeof printTree>[0]) => printTree(objects, colours, '  ', VALUE_SHOWN_MAX);
  const title = name === 'read-record' ? `${titles[name]} ${recordOf(command)}` : titles[name];
  const lines = [
    '',
    `${colours.bold(title)}  ${colours.dim(`${(elapsedUs / 1000).toFixed(1)} ms`)}`,
    `${colours.dim('>')} ${shortenHex(explained.command!.hex, SHOWN_MAX)}`,
    ...(tellingNames.has(name) ? tree(explained.command!.objects.slice(HEADER_PARTS)) : []),
  ];
  if (response === undefined || explained.response === undefined) {
    return [...lines, `${colours.dim('<')} ${colours.red(error ?? 'no answer')}`];
  }
  const { objects } = explained.response;
  const hex = options.showPan ? toHex(response) : sessionContext(steps).cardNumbers.mask(toHex(response));
  const { value: statusWord = '', meaning = '' } = objects.at(-1)!;
  const paint = statusWord === '9000' ? colours.green : colours.red;
  const data = shortenHex(hex.slice(0, -statusWord.length), SHOWN_MAX);
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

const recordOf = (command: Uint8Array): string => `${command[2]} of file ${command[3]! >> 3}`;
