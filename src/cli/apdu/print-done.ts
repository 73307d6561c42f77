import { statusWordMeaning, toHex } from '../../../emv/index.js';
import { readAnswerToReset } from '../../readers/index.js';
import type { Colours } from '../colours.js';
import { explainLast } from '../tap/explain-exchanges.js';
import { printExchange } from '../tap/print-trace.js';
import type { CheckedExpectation, Done, SentCommand } from './apdu-conversation.js';

interface Telling {
  readonly colours: Colours;
  readonly language: 'en' | 'zh';
  readonly showPan: boolean;
}

/** A step as people read it; a command is explained by all that came before it. */
export function printDone(done: Done, sent: readonly SentCommand[], telling: Telling): string[] {
  switch (done.kind) {
    case 'sent':
      return printLastCommand(sent, telling);
    case 'checked':
      return [printExpectation(done.expectation, telling)];
    case 'reset':
      return ['', printReset(done.answerToReset, telling.colours)];
    case 'waited':
      return [];
  }
}

export function printLastCommand(sent: readonly SentCommand[], { colours, language, showPan }: Telling): string[] {
  const shown = explainLast(sent, { language, showPan });
  return shown === undefined ? [] : printExchange(sent.at(-1)!, shown, colours);
}

function printExpectation({ answer, at, isMet, pattern }: CheckedExpectation, { colours, language }: Telling): string {
  if (isMet) return `  ${colours.green('✓')} expected ${pattern.text}`;
  const statusWord = answer.slice(-4);
  const { meaning, meaningZh } = statusWordMeaning(Number.parseInt(statusWord || '0', 16));
  const said =
    answer === '' ? 'nothing was answered' : `the answer is ${statusWord} (${language === 'zh' ? meaningZh : meaning})`;
  const where = at === '' ? '' : colours.dim(`  [${at}]`);
  return `  ${colours.red('✗')} expected ${colours.bold(pattern.text)}, ${said}${where}`;
}

function printReset(answerToReset: Uint8Array | undefined, colours: Colours): string {
  if (answerToReset === undefined) return `${colours.bold('RESET')}  no answer to reset`;
  return `${colours.bold('RESET')}  ${toHex(answerToReset)}  ${colours.dim(readAnswerToReset(answerToReset).description)}`;
}
