import { encode, explain, type Language, outcomeReasons } from '../../../../../emv/index.js';
import type { Colours } from '../../../colours.js';
import { printTree } from '../../../decode/print-tree.js';
import { printFaults } from '../../../faults/print-faults.js';
import { printTrace } from '../../print-trace.js';
import { printTiming } from '../../timing/print-timing.js';
import { type ContactTap, isAccepted, isApproved } from '../contact-tap.js';
import { contactWords } from './contact-words.js';
import { printContactTear } from './print-contact-tear.js';
import { printIssuer } from './print-issuer.js';
import { printReceipt } from './print-receipt.js';

interface PrintOptions {
  readonly trace?: boolean;
  readonly lang: Language;
  readonly showPan?: boolean;
  readonly card?: string;
}

/** A contact transaction for people: the trace where it was asked for, the decision and why, and the receipt. */
export function printContactTap(tap: ContactTap, colours: Colours, options: PrintOptions): string[] {
  const { lang: language, showPan = false, trace = false } = options;
  return [
    ...(trace ? printTrace(tap.exchanges, colours, { language, showPan }) : []),
    ...printDecision(tap, colours, language),
    ...printFaults(tap.struck ?? [], colours),
    ...printContactTear(tap, options.card, colours),
    ...printIssuer(tap, colours),
    ...printFindings(tap, colours, language),
    ...printReceipt(tap, colours, { language, showPan }),
    ...(trace ? printTiming(tap.timing, [], colours, language) : []),
  ];
}

function printDecision(tap: ContactTap, colours: Colours, language: Language): string[] {
  const { outcome, tear } = tap.run;
  const words = contactWords[language];
  const isTaken = isAccepted(tap);
  const shown = isTaken ? colours.green(words.accepted) : colours.red(words.refused);
  const reason = outcomeReasons[outcome.reason];
  const why = language === 'zh' ? reason.meaningZh : reason.meaning;
  const code = [
    outcome.reason,
    ...(outcome.tag ? [outcome.tag] : []),
    ...(tear && tear !== outcome.reason ? [tear] : []),
  ].join(', ');
  return [
    '',
    `${colours.bold(shown)}  ${outcome.outcome}: ${why} ${colours.dim(`[${code}]`)}`,
    ...(!isTaken && isApproved(outcome) ? [`  ${colours.yellow(words.notLoaded)}`] : []),
    ...(outcome.reversalRequired ? [`  ${colours.yellow(words.reversed)}`] : []),
  ];
}

/** 95, 9B and 9F34, bit by bit. */
function printFindings({ run: { outcome } }: ContactTap, colours: Colours, language: Language): string[] {
  const { cardholderVerification, terminalVerificationResults, transactionStatusInformation } = outcome;
  const bytes = encode([
    { tag: '95', value: terminalVerificationResults },
    { tag: '9B', value: transactionStatusInformation },
    ...(cardholderVerification.results ? [{ tag: '9F34', value: cardholderVerification.results }] : []),
  ]);
  return printTree(explain(bytes, { language }), colours, '  ');
}
