import { getProcessingOptions } from '../../apdu/index.js';
import { PROFILE_LENGTH, processingOptionsData, readProcessingOptions } from '../processing-options.js';
import type { SelectedApplication } from '../selected-application.js';
import { STATUS_CONDITIONS_NOT_SATISFIED, STATUS_OK } from '../status-word.js';
import { proceed, type Step, terminate } from '../transaction-outcome.js';
import { type ContactExchange, transmit } from './contact-exchange.js';
import type { TransactionState } from './transaction-state.js';

/**
 * GET PROCESSING OPTIONS with what the PDOL asks for (JR/T 0025.6-2013 7.3.4). `false`: the card does not allow this
 * application (6985), the terminal goes back to its list.
 */
export function* initiate(application: SelectedApplication, state: TransactionState): ContactExchange<Step<boolean>> {
  state.begin(application.applicationIdentifier, application.data);
  const asked = processingOptionsData(application, state.data);
  if (!asked.ok) return asked;
  state.processingOptionsData = asked.value;
  const answer = yield* transmit('get-processing-options', getProcessingOptions(asked.value));
  if (!answer.ok) return answer;
  const { statusWord, data } = answer.value;
  if (statusWord === STATUS_CONDITIONS_NOT_SATISFIED) return proceed(false);
  if (statusWord !== STATUS_OK) return terminate('processing-options-refused', { statusWord });
  const { card } = state;
  const read = readProcessingOptions(data, card);
  if (!read.ok) return read;
  const missing = ['82', '94'].find((mandatory) => !card.get(mandatory)?.length);
  if (missing !== undefined) return terminate('mandatory-data-missing', { tag: missing });
  return card.get('82')?.length === PROFILE_LENGTH ? proceed(true) : terminate('answer-invalid', { tag: '82' });
}
