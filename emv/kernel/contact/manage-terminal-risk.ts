import { accountOf } from '../account.js';
import { floorLimit } from '../floor-limit.js';
import { proceed, type Step } from '../transaction-outcome.js';
import { ask, type ContactExchange } from './contact-exchange.js';
import { isSelectedRandomly } from './random-selection.js';
import { readCounter } from './read-object.js';
import type { TransactionState } from './transaction-state.js';
import { velocityMarks } from './velocity.js';

/**
 * Terminal risk management (JR/T 0025.6-2013 7.8), where the card's profile asks for it. Electronic cash has no floor
 * limit, random selection and velocity (JR/T 0025.13-2013 7.4.3).
 */
export function* manageTerminalRisk(state: TransactionState): ContactExchange<Step<undefined>> {
  const { terminal, kind, verificationResults, statusInformation } = state;
  yield* lookUpExceptionFile(state);
  if (terminal.merchantForcesOnline && kind.connection !== 'offline-only')
    verificationResults.set('merchantForcedOnline');
  if (!state.profile.terminalRiskManagement) return proceed(undefined);
  if (!state.isElectronicCash) {
    yield* checkFloorLimit(state);
    selectRandomly(state);
    const checked = yield* checkVelocity(state);
    if (!checked.ok) return checked;
  }
  statusInformation.set('terminalRiskManagement');
  return proceed(undefined);
}

function* lookUpExceptionFile({ card, terminal, verificationResults }: TransactionState): ContactExchange<void> {
  const account = terminal.hasExceptionFile ? accountOf(card) : undefined;
  if (account === undefined) return;
  const { listed } = yield* ask({ kind: 'look-up-exception-file', ...account });
  if (listed) verificationResults.set('onExceptionFile');
}

/** The amount, with what the log has of the same card, against 9F1B: reaching it counts (7.8.6). */
function* checkFloorLimit({ card, terminal, amount, verificationResults }: TransactionState): ContactExchange<void> {
  const limit = floorLimit(terminal.data);
  if (limit === undefined) return;
  const account = terminal.hasTransactionLog ? accountOf(card) : undefined;
  const logged = account ? (yield* ask({ kind: 'sum-transaction-log', ...account })).amount : 0;
  if (amount + logged >= limit) verificationResults.set('floorLimitExceeded');
}

function selectRandomly({ terminal, kind, amount, verificationResults }: TransactionState): void {
  const limit = floorLimit(terminal.data);
  if (limit === undefined || terminal.randomSelection === undefined || kind.connection === 'offline-only') return;
  if (isSelectedRandomly(amount, limit, terminal.randomSelection)) verificationResults.set('selectedRandomly');
}

/** Only where the card has both limits (9F14, 9F23). */
function* checkVelocity({ card, verificationResults }: TransactionState): ContactExchange<Step<undefined>> {
  const [lowerLimit] = card.get('9F14') ?? [];
  const [upperLimit] = card.get('9F23') ?? [];
  if (lowerLimit === undefined || upperLimit === undefined) return proceed(undefined);
  const transactionCounter = yield* readCounter('9F36');
  if (!transactionCounter.ok) return transactionCounter;
  const lastOnlineCounter = yield* readCounter('9F13');
  if (!lastOnlineCounter.ok) return lastOnlineCounter;
  verificationResults.set(
    ...velocityMarks({
      transactionCounter: transactionCounter.value,
      lastOnlineCounter: lastOnlineCounter.value,
      lowerLimit,
      upperLimit,
    }),
  );
  return proceed(undefined);
}
