import type { Exchange } from '../exchange.js';
import { countRecords, type FileLocator, readFileLocator } from '../read-file-locator.js';
import { decline, type Ending, proceed, type Step } from '../transaction-outcome.js';
import { authenticate } from './authenticate.js';
import { askBalance } from './balance.js';
import type { Debit } from './debit.js';
import { decideAuthenticatedOnline, decideOffline, requestOnline } from './decide.js';
import type { Progress } from './progress.js';
import type { QpbocTerminal } from './qpboc-terminal.js';
import { readRecords } from './read-records.js';
import { checkRestrictions } from './restrictions.js';

/** From the answer to GET PROCESSING OPTIONS to the end (JR/T 0025.12-2013 7.8). */
export function* completeTransaction(terminal: QpbocTerminal, progress: Progress): Exchange<Ending> {
  const { cryptogramType } = progress.options!;
  if (cryptogramType === 'application-authentication') return decline('declined-by-card');
  if (cryptogramType === 'authorisation-request') return yield* completeOnline(terminal, progress);
  const read = yield* readAndAuthenticate(terminal, progress);
  if (!read.ok) return read;
  if (terminal.balanceInquiry?.endsWith('after')) yield* askBalanceAfter(progress);
  const { authentication, options, preliminary, terminalData } = progress;
  return decideOffline(options!.card, terminalData, authentication!, preliminary!);
}

/**
 * An ARQC ends in an online authorization. A terminal with offline data authentication for online authorizations (9F66
 * byte 1 bit 1) to whose wish the card answers with a file locator looks at the card's signature first, as gates of
 * account-based transit do (JR/T 0025.12-2018; reserved in the edition of 2013, whose cards give no locator here).
 */
function* completeOnline(terminal: QpbocTerminal, progress: Progress): Exchange<Ending> {
  const { options, preliminary } = progress;
  const isAuthenticated = preliminary!.authenticatesForOnline && options!.card.get('94') !== undefined;
  if (preliminary!.isOfflineOnly || !isAuthenticated) return requestOnline(preliminary!);
  const read = yield* readAndAuthenticate(terminal, progress);
  return read.ok ? decideAuthenticatedOnline(progress.authentication!) : read;
}

function* readAndAuthenticate(terminal: QpbocTerminal, progress: Progress): Exchange<Step<undefined>> {
  const { card } = progress.options!;
  const allowed = checkRestrictions(card, terminal);
  if (!allowed.ok) return allowed;
  const fileLocator = readFileLocator(card.get('94') ?? new Uint8Array());
  if (!fileLocator.ok) return fileLocator;
  const read = yield* readToTheLast(fileLocator.value, terminal, progress);
  if (!read.ok) return read;
  const data = card.withTerminalData(progress.terminalData);
  const { applicationIdentifier } = progress.application!;
  progress.authentication = authenticate(terminal, applicationIdentifier, data, fileLocator.value, progress.records);
  return proceed(undefined);
}

/** Reads all records; whatever becomes of it, `progress` knows whether the card has debited. */
function* readToTheLast(
  fileLocator: FileLocator,
  terminal: QpbocTerminal,
  progress: Progress,
): Exchange<Step<undefined>> {
  const { options, records } = progress;
  let isLastAsked = false;
  const read = yield* readRecords(fileLocator, options!.card, terminal, records, () => {
    isLastAsked = true;
  });
  if (options!.cryptogramType !== 'transaction-certificate') return read;
  const isComplete = records.length === countRecords(fileLocator);
  progress.debit = isComplete ? 'made' : debitInDoubt(isLastAsked, read);
  return read;
}

/** A refusal of the last record (a status word) is an answer: nothing was debited. */
function debitInDoubt(isLastAsked: boolean, read: Step<undefined>): Debit {
  return isLastAsked && !read.ok && read.statusWord === undefined ? 'possible' : 'none';
}

/** The card may have gone by now; that takes nothing back. */
function* askBalanceAfter(progress: Progress): Exchange<void> {
  const after = yield* askBalance();
  if (after.ok && after.value !== undefined) progress.balance = { ...progress.balance, after: after.value };
}
