import { issuerBalance } from '../issuer-balance.js';
import { proceed, type Step, terminate } from '../transaction-outcome.js';
import { requireUnpredictableNumber } from '../unpredictable-number.js';
import { authenticate } from './authenticate.js';
import type { AuthenticationMethod } from './authentication-method.js';
import { complete } from './complete.js';
import type { ContactExchange } from './contact-exchange.js';
import type { ContactEnding, ContactOutcome } from './contact-outcome.js';
import type { ContactTerminal } from './contact-terminal.js';
import { decideFirst } from './decide-first.js';
import { readElectronicCash } from './electronic-cash.js';
import { maintainApplication } from './maintain-application.js';
import { manageTerminalRisk } from './manage-terminal-risk.js';
import { checkRestrictions } from './processing-restrictions.js';
import { readApplicationData } from './read-application-data.js';
import { readObject } from './read-object.js';
import { report } from './report.js';
import { startApplication } from './start-application.js';
import { TransactionState } from './transaction-state.js';
import { verifyCardholder } from './verify-cardholder.js';

const AMOUNT_LENGTH = 6;

/**
 * A PBOC debit/credit transaction over contact (JR/T 0025.6-2013), electronic cash of part 13 included, as a state
 * machine without clock, randomness or input and output: it yields commands for the card and requests to the terminal
 * around it, takes their answers and returns the outcome. Whatever a card answers ends in an outcome, not in an
 * exception. The outcome's data and records hold the card number. Throws a `RangeError` for a terminal or an answer of
 * it that cannot be, a `TypeError` for an answer to another request.
 *
 * @example
 * const transaction = contactTransaction({ data, unpredictableNumber, date: '2016-01-05', caKeys });
 * let step = transaction.next();
 * while (!step.done) {
 *   const request = step.value;
 *   step = transaction.next(
 *     request.kind === 'command'
 *       ? { kind: 'response', response: await transmit(request.command) }
 *       : await answer(request), // enter-pin, authorize-online …
 *   );
 * }
 * step.value.outcome; // 'approved-online'
 */
export function* contactTransaction(terminal: ContactTerminal): ContactExchange<ContactOutcome> {
  requireUnpredictableNumber(terminal);
  const state = new TransactionState(terminal);
  return report(state, yield* proceedToEnding(state));
}

function* proceedToEnding(state: TransactionState): ContactExchange<ContactEnding> {
  if (state.terminal.data.get('9F02')?.length !== AMOUNT_LENGTH) {
    return terminate('terminal-data-missing', { tag: '9F02' });
  }
  if (state.terminal.maintains) return yield* maintainApplication(state);
  const started = yield* startApplication(state);
  if (!started.ok) return started;
  const method = yield* examine(state);
  if (!method.ok) return method;
  const ending = yield* complete(yield* decideFirst(state), method.value, state);
  yield* readBalanceAfterwards(ending, state);
  return ending;
}

/** What the terminal finds out before it decides, each step with its bits of 95 and 9B. */
function* examine(state: TransactionState): ContactExchange<Step<AuthenticationMethod>> {
  const read = yield* readApplicationData(state);
  if (!read.ok) return read;
  const cash = yield* readElectronicCash(state);
  if (!cash.ok) return cash;
  const method = yield* authenticate(state);
  if (!method.ok) return method;
  checkRestrictions(state);
  const verified = yield* verifyCardholder(state);
  if (!verified.ok) return verified;
  const managed = yield* manageTerminalRisk(state);
  return managed.ok ? proceed(method.value) : managed;
}

/** For the receipt, where the card does not tell the balance of its electronic cash in 9F10 (JR/T 0025.13-2013 7.4.6). */
function* readBalanceAfterwards({ outcome }: ContactEnding, state: TransactionState): ContactExchange<void> {
  const isDebited = state.isElectronicCash && outcome === 'approved-offline';
  if (!isDebited || issuerBalance(state.card) !== undefined) return;
  const balance = yield* readObject('9F79');
  if (balance.ok && balance.value !== undefined) state.card.set('9F79', balance.value);
}
