import type { ExplainedMessage, ExplainedObject, ExplainOptions } from '../../../emv/card-language.js';
import type { Colours } from '../colours.js';
import type { ExplainedLog, ExplainedLogExchange } from './explain-log.js';
import { printTree, shortenHex } from './print-tree.js';

const HEX_SHOWN_MAX = 96;
const VALUE_SHOWN_MAX = 64;

const words = {
  en: {
    exchanges: (count: number) => (count === 1 ? '1 exchange' : `${count} exchanges`),
    reset: 'Answer to reset',
    summary: 'Summary',
    authentication: 'Certificates and signatures',
  },
  zh: {
    exchanges: (count: number) => `${count} 条指令`,
    reset: '复位应答',
    summary: '摘要',
    authentication: '证书与签名',
  },
} as const;

/** A conversation as people read it: each exchange with its bytes and its tree, the opened certificates, a summary. */
export function* printLog(log: ExplainedLog, colours: Colours, { language = 'en' }: ExplainOptions): Generator<string> {
  const { exchanges, reset, summary, authentication } = words[language];
  const head = [log.title, log.format, exchanges(log.exchangeCount)]
    .filter((text) => text !== undefined)
    .join(language === 'zh' ? '，' : ', ');
  const tree = (objects: readonly ExplainedObject[]) => printTree(objects, colours, '  ', VALUE_SHOWN_MAX);
  const section = (title: string, objects: readonly ExplainedObject[]): string[] =>
    objects.length === 0 ? [] : ['', colours.bold(title), ...tree(objects)];
  yield colours.dim(head);
  yield* section(reset, log.answerToReset ?? []);
  for (const exchange of log.exchanges()) {
    yield '';
    yield headOf(exchange, colours);
    yield* messageLines('>', exchange.command, colours, tree);
    yield* messageLines('<', exchange.response, colours, tree);
  }
  yield* section(authentication, log.chains());
  yield* section(summary, log.summary());
}

function headOf({ number, name, time, elapsedUs }: ExplainedLogExchange, colours: Colours): string {
  const took = elapsedUs === undefined ? undefined : `${(elapsedUs / 1000).toFixed(1)} ms`;
  const times = [time, took].filter((text) => text !== undefined).map((text) => colours.dim(`  ${text}`));
  return colours.bold(`#${number} ${name}`.trim()) + times.join('');
}

function messageLines(
  arrow: string,
  message: ExplainedMessage | undefined,
  colours: Colours,
  tree: (objects: readonly ExplainedObject[]) => string[],
): string[] {
  if (message === undefined) return [];
  return [`${colours.dim(arrow)} ${shortenHex(message.hex, HEX_SHOWN_MAX)}`, ...tree(message.objects)];
}
