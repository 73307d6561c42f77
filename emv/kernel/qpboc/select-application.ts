import { select } from '../../apdu/index.js';
import { concat } from '../../bytes.js';
import { decodeDataObjectList, findFirst, flatten, TlvError } from '../../tlv/index.js';
import { beginsWith, type Candidate, candidates } from '../candidates.js';
import { type Exchange, exchange } from '../exchange.js';
import { readTemplate } from '../read-template.js';
import { STATUS_OK } from '../status-word.js';
import { proceed, type Step, terminate, useAnotherInterface } from '../transaction-outcome.js';

export interface SelectedApplication {
  /** The whole name (84) where it goes on from the name selected, else that: the card cannot choose another provider. */
  readonly applicationIdentifier: Uint8Array;
  /** 9F38; it asks for the terminal transaction qualifiers. */
  readonly processingOptionsDataObjectList: Uint8Array;
  /** Every object of the answer to SELECT. */
  readonly data: ReadonlyMap<string, Uint8Array>;
}

interface SelectionOptions {
  readonly extendedSelection?: boolean | undefined;
}

const NAME_LENGTH_MAX = 16;
const PPSE_NAME = new TextEncoder().encode('2PAY.SYS.DDF01');

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
    if (answer.value.statusWord === STATUS_OK) return readSelection(applicationIdentifier, answer.value.data);
    lastStatusWord = answer.value.statusWord;
  }
  return useAnotherInterface('application-not-selectable', { statusWord: lastStatusWord });
}

function readSelection(candidate: Uint8Array, answer: Uint8Array): Step<SelectedApplication> {
  const template = readTemplate(answer, '6F');
  if (!template.ok) return template;
  const objects = [template.value];
  const processingOptionsDataObjectList = findFirst(objects, '6F', 'A5', '9F38')?.value;
  if (processingOptionsDataObjectList === undefined) return useAnotherInterface('no-qpboc', { tag: '9F38' });
  const asked = askedFor(processingOptionsDataObjectList);
  if (asked === undefined) return terminate('answer-invalid', { tag: '9F38' });
  if (!asked.has('9F66')) return useAnotherInterface('no-qpboc', { tag: '9F66' });
  const wholeName = findFirst(objects, '6F', '84')?.value ?? candidate;
  return proceed({
    applicationIdentifier: beginsWith(wholeName, candidate) ? wholeName : candidate,
    processingOptionsDataObjectList,
    data: flatten(objects),
  });
}

function askedFor(dataObjectList: Uint8Array): Set<string> | undefined {
  try {
    return new Set(decodeDataObjectList(dataObjectList).map(({ tag }) => tag));
  } catch (error) {
    if (error instanceof TlvError) return undefined;
    throw error;
  }
}
