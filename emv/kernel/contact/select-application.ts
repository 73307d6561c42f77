import { select } from '../../apdu/index.js';
import { readSelection, type SelectedApplication } from '../selected-application.js';
import { STATUS_APPLICATION_BLOCKED, STATUS_OK } from '../status-word.js';
import { proceed, type Step, terminate } from '../transaction-outcome.js';
import { type ContactExchange, transmit } from './contact-exchange.js';
import { type ContactTerminal, DEFAULT_APPLICATIONS } from './contact-terminal.js';
import { readDirectory } from './read-directory.js';
import { type FoundCandidates, tryList } from './try-list.js';

/** The candidate list: from the directory, else from the terminal's own list (JR/T 0025.6-2013 7.2.4). */
export function* findCandidates(terminal: ContactTerminal): ContactExchange<Step<FoundCandidates>> {
  const known = terminal.applications ?? DEFAULT_APPLICATIONS;
  if ((terminal.selection ?? 'directory') === 'directory') {
    const listed = yield* readDirectory(known);
    if (!listed.ok) return listed;
    if (listed.value.length > 0) return proceed({ candidates: listed.value });
  }
  return yield* tryList(known);
}

/** `undefined`: the card does not let it be selected, another candidate may be tried (JR/T 0025.6-2013 7.2.5.3). */
export function* selectCandidate(
  applicationIdentifier: Uint8Array,
): ContactExchange<Step<SelectedApplication | undefined>> {
  const answer = yield* transmit('select-application', select(applicationIdentifier));
  if (!answer.ok) return answer;
  const { statusWord, data } = answer.value;
  return statusWord === STATUS_OK ? readSelection(applicationIdentifier, data) : proceed(undefined);
}

/** For logs and balances: a blocked application (6283) can be read as well. */
export function* selectForReading(applicationIdentifier: Uint8Array): ContactExchange<Step<SelectedApplication>> {
  const answer = yield* transmit('select-application', select(applicationIdentifier));
  if (!answer.ok) return answer;
  const { statusWord, data } = answer.value;
  return statusWord === STATUS_OK || statusWord === STATUS_APPLICATION_BLOCKED
    ? readSelection(applicationIdentifier, data)
    : terminate('application-not-selectable', { statusWord });
}
