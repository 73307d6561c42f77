import { decline, proceed, type Step, terminate } from '../transaction-outcome.js';
import type { ContactExchange } from './contact-exchange.js';
import { type ContactEnding, endAs } from './contact-outcome.js';
import { DEFAULT_APPLICATIONS } from './contact-terminal.js';
import { generateApplicationCryptogram } from './generate-application-cryptogram.js';
import { authenticateIssuer, authorizeOnline, storeIssuerAnswer } from './go-online.js';
import { initiate } from './initiate.js';
import { issuerDecision } from './issuer-decision.js';
import { runScripts } from './issuer-script.js';
import { readApplicationData } from './read-application-data.js';
import { selectForReading } from './select-application.js';
import type { TransactionState } from './transaction-state.js';

/** High nibble of the first byte of a script's result (JR/T 0025.6-2013 table 32). */
const SUCCESSFUL = 2;

/**
 * What a device of the issuer's own does with an application that no terminal selects any more: it asks for an AAC, which
 * a blocked application gives as well, and brings what the issuer answers to it: APPLICATION UNBLOCK above all
 * (JR/T 0025.5-2013 17.5). Nothing is paid, nobody is verified.
 */
export function* maintainApplication(state: TransactionState): ContactExchange<ContactEnding> {
  const begun = yield* begin(state);
  if (!begun.ok) return begun;
  const cryptogram = yield* generateApplicationCryptogram('AAC', '8C', false, state);
  if (!cryptogram.ok) return cryptogram;
  state.statusInformation.set('cardRiskManagement');
  state.cryptogramType = cryptogram.value.type;
  if (state.cryptogramType !== 'AAC') return terminate('cryptogram-type-wrong', { tag: '9F27' });
  const answer = yield* authorizeOnline(state);
  if (answer.result === 'pending') return endAs('online-requested', 'online-requested-by-terminal');
  if (answer.result === 'unable') return decline('online-impossible');
  storeIssuerAnswer(answer, state);
  const authenticated = yield* authenticateIssuer(state);
  if (!authenticated.ok) return authenticated;
  for (const kind of ['71', '72'] as const) {
    const scripted = yield* runScripts(kind, answer.scripts ?? [], state);
    if (!scripted.ok) return scripted;
  }
  if (issuerDecision(answer.authorizationResponseCode) !== 'approve') return decline('declined-by-issuer');
  const isDone = state.scriptResults.every((result) => result[0]! >> 4 === SUCCESSFUL);
  return isDone ? endAs('approved-online', 'approved-by-issuer') : decline('declined-by-card');
}

/** The first of the names that the terminal knows, blocked or not. */
function* begin(state: TransactionState): ContactExchange<Step<undefined>> {
  const [application] = state.terminal.applications ?? DEFAULT_APPLICATIONS;
  if (application === undefined) return terminate('no-common-application');
  const selected = yield* selectForReading(application.applicationIdentifier);
  if (!selected.ok) return selected;
  const initiated = yield* initiate(selected.value, state);
  if (!initiated.ok) return initiated;
  if (!initiated.value) return terminate('processing-options-refused');
  const read = yield* readApplicationData(state);
  return read.ok ? proceed(undefined) : read;
}
