import { select } from '../../apdu/index.js';
import { concat, fromAscii } from '../../bytes.js';
import { type Candidate, candidates } from '../candidates.js';
import { type Exchange, exchange } from '../exchange.js';
import { listedTags } from '../listed-tags.js';
import { readTemplate } from '../read-template.js';
import { readSelection, type SelectedApplication } from '../selected-application.js';
import { STATUS_OK } from '../status-word.js';
import { type Step, useAnotherInterface } from '../transaction-outcome.js';

interface SelectionOptions {
  readonly extendedSelection?: boolean | undefined;
}

const NAME_LENGTH_MAX = 16;
const PPSE_NAME = fromAscii('2PAY.SYS.DDF01');

/**
 * Selects the best application that card and terminal both know; one that cannot be selected gives way to the next
 * (JR/T 0025.12-2013 6.4, EMV 4.3 Book 1 §12.4.1).
 */
export function* selectApplication(
  terminalNames: readonly Uint8Array[],
  options: SelectionOptions = {},
): Exchange<Step<SelectedApplication>> {
  const answer = yield* exchange('select-ppse', select(PPSE_NAME));
  if (!answer.ok) return answer;
  const { statusWord, data } = answer.value;
  if (statusWord !== STATUS_OK) return useAnotherInterface('no-payment-directory', { statusWord });
  const directory = readTemplate(data, '6F');
  if (!directory.ok) return useAnotherInterface('no-payment-directory', { tag: '6F' });
  const list = candidates(directory.value, terminalNames);
  if (list.length === 0) return useAnotherInterface('no-common-application');
  return yield* selectFirstPossible(list, options);
}

function* selectFirstPossible(
  list: readonly Candidate[],
  { extendedSelection: isExtended = false }: SelectionOptions,
): Exchange<Step<SelectedApplication>> {
  let lastStatusWord = STATUS_OK;
  for (const { applicationIdentifier, extendedSelection } of list) {
    const name =
      isExtended && extendedSelection ? concat(applicationIdentifier, extendedSelection) : applicationIdentifier;
    const answer = yield* exchange('select-application', select(name.subarray(0, NAME_LENGTH_MAX)));
    if (!answer.ok) return answer;
    if (answer.value.statusWord === STATUS_OK) return readQpbocSelection(applicationIdentifier, answer.value.data);
    lastStatusWord = answer.value.statusWord;
  }
  return useAnotherInterface('application-not-selectable', { statusWord: lastStatusWord });
}

/** A card of qPBOC has a list (9F38), and asks for the terminal's qualifiers in it. */
function readQpbocSelection(candidate: Uint8Array, answer: Uint8Array): Step<SelectedApplication> {
  const selected = readSelection(candidate, answer);
  if (!selected.ok) return selected;
  const { processingOptionsDataObjectList: list } = selected.value;
  if (list === undefined) return useAnotherInterface('no-qpboc', { tag: '9F38' });
  return listedTags(list)?.includes('9F66') ? selected : useAnotherInterface('no-qpboc', { tag: '9F66' });
}
