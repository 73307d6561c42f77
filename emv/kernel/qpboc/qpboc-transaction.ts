import type { OdaResult } from '../../authentication/index.js';
import type { DataMap } from '../../tlv/index.js';
import type { Exchange } from '../exchange.js';
import { readFileLocator } from '../read-file-locator.js';
import { decline, type Ending, type TransactionOutcome, type TransactionRecord } from '../transaction-outcome.js';
import { authenticate } from './authenticate.js';
import { qualifiersOf } from './card-transaction-qualifiers.js';
import { cardholderVerification } from './cardholder-verification.js';
import { decideOffline, requestOnline } from './decide.js';
import { getOptions, type ProcessingOptions } from './get-processing-options.js';
import { type PreliminaryResult, processPreliminarily } from './preliminary-processing.js';
import { DEFAULT_APPLICATION_IDENTIFIERS, type QpbocTerminal } from './qpboc-terminal.js';
import { checkRestrictions, readRecords } from './read-records.js';
import { type SelectedApplication, selectApplication } from './select-application.js';

const UNPREDICTABLE_NUMBER_LENGTH = 4;
const VERIFICATION_RESULTS_LENGTH = 5;

/** What is known of the transaction at any moment, so that whatever ends it can be told with all of it. */
interface Progress {
  terminalData: DataMap;
  preliminary?: PreliminaryResult;
  application?: SelectedApplication;
  options?: ProcessingOptions;
  authentication?: OdaResult;
  readonly records: TransactionRecord[];
}

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
export function* qpbocTransaction(terminal: QpbocTerminal): Exchange<TransactionOutcome> {
  if (terminal.unpredictableNumber.length !== UNPREDICTABLE_NUMBER_LENGTH) {
    throw new RangeError(`an unpredictable number has 4 bytes, not ${terminal.unpredictableNumber.length}`);
  }
  const progress: Progress = { terminalData: terminal.data, records: [] };
  return report(progress, yield* proceedToEnding(terminal, progress));
}

function* proceedToEnding(terminal: QpbocTerminal, progress: Progress): Exchange<Ending> {
  const preliminary = processPreliminarily(terminal.data, terminal.statusCheck ?? false);
  if (!preliminary.ok) return preliminary;
  progress.preliminary = preliminary.value;
  progress.terminalData = new Map([
    ...terminal.data,
    ['9F66', preliminary.value.terminalTransactionQualifiers],
    ['9F37', terminal.unpredictableNumber],
    ['95', new Uint8Array(VERIFICATION_RESULTS_LENGTH)],
  ]);
  const application = yield* selectApplication(terminal.applicationIdentifiers ?? DEFAULT_APPLICATION_IDENTIFIERS);
  if (!application.ok) return application;
  progress.application = application.value;
  const options = yield* getOptions(application.value, progress.terminalData);
  if (!options.ok) return options;
  progress.options = options.value;
  const { cryptogramType } = options.value;
  if (cryptogramType === 'application-authentication') return decline('declined-by-card');
  if (cryptogramType === 'authorisation-request') return requestOnline(preliminary.value);
  return yield* completeOffline(terminal, progress, preliminary.value, application.value, options.value);
}

function* completeOffline(
  terminal: QpbocTerminal,
  progress: Progress,
  preliminary: PreliminaryResult,
  application: SelectedApplication,
  { card }: ProcessingOptions,
): Exchange<Ending> {
  const allowed = checkRestrictions(card, terminal);
  if (!allowed.ok) return allowed;
  const fileLocator = readFileLocator(card.get('94') ?? new Uint8Array());
  if (!fileLocator.ok) return fileLocator;
  const read = yield* readRecords(fileLocator.value, card, terminal, progress.records);
  if (!read.ok) return read;
  const data = card.withTerminalData(progress.terminalData);
  const authentication = authenticate(
    terminal,
    application.applicationIdentifier,
    data,
    fileLocator.value,
    progress.records,
  );
  progress.authentication = authentication;
  return decideOffline(card, progress.terminalData, authentication, preliminary);
}

function report(progress: Progress, { ok: _, ...ending }: Ending): TransactionOutcome {
  const { application, authentication, options, preliminary, records, terminalData } = progress;
  const card = options?.card;
  const isAccepted = ending.outcome === 'approved-offline' || ending.outcome === 'online-requested';
  return {
    ...ending,
    ...(authentication && { offlineDataAuthentication: authentication }),
    cardholderVerification:
      isAccepted && card && preliminary ? cardholderVerification(qualifiersOf(card), preliminary) : 'none',
    ...(application && { applicationIdentifier: application.applicationIdentifier }),
    data: new Map([...(application?.data ?? []), ...(card?.withTerminalData(terminalData) ?? terminalData)]),
    records,
    terminalVerificationResults: verificationResults(ending.reason),
    transactionStatusInformation: Uint8Array.of(authentication ? OFFLINE_DATA_AUTHENTICATION_PERFORMED : 0, 0),
  };
}

/** Transaction status information (9B) byte 1. */
const OFFLINE_DATA_AUTHENTICATION_PERFORMED = 0x80;

/** Terminal verification results (95) that a reason stands for: the restrictions; authentication leaves none. */
function verificationResults(reason: Ending['reason']): Uint8Array {
  const results = new Uint8Array(VERIFICATION_RESULTS_LENGTH);
  if (reason === 'exception-file') results[0] = 0x10;
  if (reason === 'card-expired') results[1] = 0x40;
  return results;
}
