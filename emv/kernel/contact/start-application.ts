import { equalBytes } from '../../bytes.js';
import { readSelection } from '../selected-application.js';
import { proceed, type Step, terminate } from '../transaction-outcome.js';
import type { Candidate, TerminalApplication } from './candidate.js';
import { chooseCandidate } from './choose-candidate.js';
import type { ContactExchange } from './contact-exchange.js';
import { DEFAULT_APPLICATIONS } from './contact-terminal.js';
import { electronicCashIndicator } from './electronic-cash.js';
import { initiate } from './initiate.js';
import { findCandidates, selectCandidate } from './select-application.js';
import type { TransactionState } from './transaction-state.js';

/**
 * Selects an application and starts it. One that cannot be selected, or that the card does not allow (6985 to GET
 * PROCESSING OPTIONS), leaves the list, and the choice is made again (JR/T 0025.6-2013 7.2.5.3, 7.3.4).
 */
export function* startApplication(state: TransactionState): ContactExchange<Step<undefined>> {
  const { terminal } = state;
  const indicator = electronicCashIndicator(state);
  if (indicator !== undefined) state.own.set('9F7A', indicator);
  if (terminal.selection === 'direct') return yield* startDirectly(state);
  const found = yield* findCandidates(terminal);
  if (!found.ok) return found;
  let { candidates: left, selected } = found.value;
  let ending = terminate('no-common-application');
  while (left.length > 0) {
    const chosen = yield* chooseCandidate(left, terminal);
    if (chosen === undefined) return terminate('application-not-chosen');
    const isCurrent = selected !== undefined && equalBytes(selected.name, chosen.applicationIdentifier);
    const answer = isCurrent && terminal.selectsAgain === false ? selected?.answer : undefined;
    selected = undefined;
    const started = yield* start(chosen.applicationIdentifier, state, answer);
    if (!started.ok) return started;
    if (started.value === 'started') return proceed(undefined);
    ending = terminate(started.value);
    left = without(left, chosen);
  }
  return ending;
}

function* startDirectly(state: TransactionState): ContactExchange<Step<undefined>> {
  const [{ applicationIdentifier }] = (state.terminal.applications ?? DEFAULT_APPLICATIONS) as readonly [
    TerminalApplication,
  ];
  const started = yield* start(applicationIdentifier, state);
  if (!started.ok) return started;
  return started.value === 'started' ? proceed(undefined) : terminate(started.value);
}

type Start = 'started' | 'application-not-selectable' | 'processing-options-refused';

/** `answer`: that of a SELECT that has been sent before. */
function* start(
  applicationIdentifier: Uint8Array,
  state: TransactionState,
  answer?: Uint8Array,
): ContactExchange<Step<Start>> {
  const selected = answer
    ? readSelection(applicationIdentifier, answer)
    : yield* selectCandidate(applicationIdentifier);
  if (!selected.ok) return selected;
  if (selected.value === undefined) return proceed('application-not-selectable');
  const initiated = yield* initiate(selected.value, state);
  if (!initiated.ok) return initiated;
  return proceed(initiated.value ? 'started' : 'processing-options-refused');
}

const without = (candidates: readonly Candidate[], { applicationIdentifier }: Candidate): readonly Candidate[] =>
  candidates.filter((candidate) => !equalBytes(candidate.applicationIdentifier, applicationIdentifier));
