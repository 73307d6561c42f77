import {
  commandName,
  decode,
  explain,
  explainCappAnswer,
  explainCommand,
  findFirst,
  statusWordMeaning,
  TlvError,
  toHex,
} from '../../../emv/index.js';
import type { TapExchange } from '../../terminal/index.js';
import type { Colours } from '../colours.js';
import { printTree, shortenHex } from '../decode/print-tree.js';
import { hexWithoutPan } from './hex-without-pan.js';

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

export interface TraceOptions {
  readonly language: 'en' | 'zh';
  readonly showPan: boolean;
  /** What the card asked for (9F38), which gives the values of GET PROCESSING OPTIONS their names. */
  readonly dataObjectList?: Uint8Array | undefined;
}

/** The PDOL in an answer to SELECT. */
export function processingOptionsDataObjectList({ response }: TapExchange): Uint8Array | undefined {
  try {
    return response && findFirst(decode(response.subarray(0, -2)), '6F', 'A5', '9F38')?.value;
  } catch (error) {
    if (error instanceof TlvError) return undefined;
    throw error;
  }
}

/** One exchange as an engineer reads it: the command, the answer and each of its data objects down to the bit. */
export function printExchange(exchange: TapExchange, colours: Colours, options: TraceOptions): string[] {
  const { name, command, response, error, elapsedUs } = exchange;
  const title = name === 'read-record' ? `${titles[name]} ${recordOf(command)}` : titles[name];
  const head = `${colours.bold(title)}  ${colours.dim(`${(elapsedUs / 1000).toFixed(1)} ms`)}`;
  const lines = ['', head, `${colours.dim('>')} ${shorten(toHex(command))}`];
  if (smallPaymentNames.has(name) || (name === 'get-processing-options' && options.dataObjectList)) {
    const [, , ...data] = explainCommand(command, {
      language: options.language,
      showPan: options.showPan,
      ...(options.dataObjectList && { dataObjectList: options.dataObjectList }),
    });
    lines.push(...printTree(data, colours, '  ', VALUE_SHOWN_MAX));
  }
  if (response === undefined) return [...lines, `${colours.dim('<')} ${colours.red(error ?? 'no answer')}`];
  const data = response.subarray(0, -2);
  const statusWord = toHex(response.subarray(-2));
  const meaning = statusWordMeaning(Number.parseInt(statusWord, 16), {
    command: commandName({ cla: command[0]!, ins: command[1]! }),
  });
  const paint = statusWord === '9000' ? colours.green : colours.red;
  lines.push(
    `${colours.dim('<')} ${shorten(options.showPan ? toHex(data) : hexWithoutPan(data))} ${paint(statusWord)} ${colours.dim(options.language === 'zh' ? meaning.meaningZh : meaning.meaning)}`,
  );
  const explained = smallPaymentNames.has(name)
    ? printTree(smallPaymentAnswer(command, data, options), colours, '  ', VALUE_SHOWN_MAX)
    : tree(data, colours, options);
  return [...lines, ...explained];
}

/** What is answered without TLV (JR/T 0025.14-2013 annex A). */
const smallPaymentNames: ReadonlySet<TapExchange['name']> = new Set([
  'read-capp-data',
  'update-capp-data-cache',
  'get-trans-prove',
]);

/** A READ CAPP DATA with more than the identifier asks for an R-MAC. */
const IDENTIFIER_LENGTH = 2;

const smallPaymentAnswer = (command: Uint8Array, data: Uint8Array, options: TraceOptions) =>
  explainCappAnswer(command[1]!, command[3]! >> 3, data, command[4]! > IDENTIFIER_LENGTH, options);

function tree(data: Uint8Array, colours: Colours, options: TraceOptions): string[] {
  try {
    return printTree(explain(data, options), colours, '  ', VALUE_SHOWN_MAX);
  } catch (error) {
    if (error instanceof TlvError) return [`  ${colours.red(`${error.message} [${error.code}]`)}`];
    throw error;
  }
}

const recordOf = (command: Uint8Array): string => `${command[2]} of file ${command[3]! >> 3}`;

const SHOWN_MAX = 96;
const VALUE_SHOWN_MAX = 64;

const shorten = (hex: string): string => shortenHex(hex, SHOWN_MAX);
