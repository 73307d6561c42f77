import { getProcessingOptions } from '../../apdu/index.js';
import { buildDataObjectList, decodeDataObjectList } from '../../tlv/index.js';
import { readTemplate } from '../read-template.js';
import { STATUS_CONDITIONS_NOT_SATISFIED, STATUS_OK } from '../status-word.js';
import { proceed, type Step, terminate } from '../transaction-outcome.js';
import { type ContactExchange, transmit } from './contact-exchange.js';
import type { SelectedApplication } from './select-application.js';
import type { TransactionState } from './transaction-state.js';

/** With its header `83 81 length` the data still fits a short command. */
const DATA_LENGTH_MAX = 252;
const PROFILE_LENGTH = 2;

/**
 * GET PROCESSING OPTIONS with what the PDOL asks for (JR/T 0025.6-2013 7.3.4). `false`: the card does not allow this
 * application (6985), the terminal goes back to its list.
 */
export function* initiate(application: SelectedApplication, state: TransactionState): ContactExchange<Step<boolean>> {
  state.begin(application.applicationIdentifier, application.data);
  const list = application.processingOptionsDataObjectList;
  const length = decodeDataObjectList(list).reduce((sum, entry) => sum + entry.length, 0);
  if (length > DATA_LENGTH_MAX) return terminate('answer-invalid', { tag: '9F38' });
  state.processingOptionsData = buildDataObjectList(list, state.data);
  const answer = yield* transmit('get-processing-options', getProcessingOptions(state.processingOptionsData));
  if (!answer.ok) return answer;
  const { statusWord, data } = answer.value;
  if (statusWord === STATUS_CONDITIONS_NOT_SATISFIED) return proceed(false);
  if (statusWord !== STATUS_OK) return terminate('processing-options-refused', { statusWord });
  return readOptions(data, state);
}

/** Format 1 (80): profile and file locator one after the other; format 2 (77): data objects (EMV 4.3 Book 3 §6.5.8.4). */
function readOptions(data: Uint8Array, { card }: TransactionState): Step<boolean> {
  const template = readTemplate(data, '77', '80');
  if (!template.ok) return template;
  const { tag, value } = template.value;
  if (tag === '77') {
    const added = card.add(template.value);
    if (!added.ok) return added;
  } else {
    card.set('82', value.subarray(0, PROFILE_LENGTH));
    if (value.length > PROFILE_LENGTH) card.set('94', value.subarray(PROFILE_LENGTH));
  }
  const missing = ['82', '94'].find((mandatory) => !card.get(mandatory)?.length);
  if (missing !== undefined) return terminate('mandatory-data-missing', { tag: missing });
  return card.get('82')?.length === PROFILE_LENGTH ? proceed(true) : terminate('answer-invalid', { tag: '82' });
}
