import type { Exchange } from '../exchange.js';
import { type Ending, proceed, type Step } from '../transaction-outcome.js';
import { requireUnpredictableNumber } from '../unpredictable-number.js';
import { askBalance } from './balance.js';
import { completeTransaction } from './complete-transaction.js';
import { getOptions } from './get-processing-options.js';
import { processPreliminarily } from './preliminary-processing.js';
import { type Progress, type QpbocOutcome, report, startProgress, VERIFICATION_RESULTS_LENGTH } from './progress.js';
import { DEFAULT_APPLICATION_IDENTIFIERS, type QpbocTerminal } from './qpboc-terminal.js';
import { selectApplication } from './select-application.js';

/**
 * A qPBOC transaction (JR/T 0025.12-2013) as a state machine without clock, randomness or input and output: it yields
 * the commands for the card, takes their answers and returns the outcome. Whatever a card answers ends in an outcome,
 * not in an exception. The outcome's data and records hold the card number.
 *
 * @example
 * const transaction = qpbocTransaction({ data, unpredictableNumber, date: '2016-01-05', caKeys });
 * let step = transaction.next();
 * while (!step.done) step = transaction.next({ kind: 'response', response: await transmit(step.value.command) });
 * step.value.outcome; // 'approved-offline'
 */
export function* qpbocTransaction(terminal: QpbocTerminal): Exchange<QpbocOutcome> {
  requireUnpredictableNumber(terminal);
  const progress = startProgress(terminal.data);
  return report(progress, yield* proceedToEnding(terminal, progress));
}

function* proceedToEnding(terminal: QpbocTerminal, progress: Progress): Exchange<Ending> {
  const prepared = prepare(terminal, progress);
  if (!prepared.ok) return prepared;
  const selected = yield* selectAndAsk(terminal, progress);
  if (!selected.ok) return selected;
  const options = yield* getOptions(progress.application!, progress.terminalData, {
    repeatedData: terminal.repeatedData,
  });
  if (!options.ok) return options;
  progress.options = options.value;
  return yield* completeTransaction(terminal, progress);
}

/** Preliminary processing of the amount, and the data of the terminal that follow from it. */
export function prepare(terminal: QpbocTerminal, progress: Progress): Step<undefined> {
  const preliminary = processPreliminarily(progress.terminalData, terminal.statusCheck ?? false);
  if (!preliminary.ok) return preliminary;
  progress.preliminary = preliminary.value;
  progress.terminalData = new Map(progress.terminalData)
    .set('9F66', preliminary.value.terminalTransactionQualifiers)
    .set('9F37', terminal.unpredictableNumber)
    .set('95', new Uint8Array(VERIFICATION_RESULTS_LENGTH));
  return proceed(undefined);
}

/** Selects the application; asks for the balance where the terminal wants it before the transaction. */
export function* selectAndAsk(terminal: QpbocTerminal, progress: Progress): Exchange<Step<undefined>> {
  const application = yield* selectApplication(terminal.applicationIdentifiers ?? DEFAULT_APPLICATION_IDENTIFIERS, {
    extendedSelection: terminal.extendedSelection,
  });
  if (!application.ok) return application;
  progress.application = application.value;
  if (!terminal.balanceInquiry?.startsWith('before')) return proceed(undefined);
  const before = yield* askBalance();
  if (!before.ok) return before;
  if (before.value !== undefined) progress.balance = { before: before.value };
  return proceed(undefined);
}
