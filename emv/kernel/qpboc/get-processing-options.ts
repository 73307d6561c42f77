import { getProcessingOptions } from '../../apdu/index.js';
import { buildDataObjectList, type DataMap, decodeDataObjectList } from '../../tlv/index.js';
import { CardData } from '../card-data.js';
import { type Exchange, exchange } from '../exchange.js';
import { readTemplate } from '../read-template.js';
import { STATUS_OK } from '../status-word.js';
import { proceed, type Step, terminate, useAnotherInterface } from '../transaction-outcome.js';
import { contactlessPath } from './contactless-path.js';
import type { SelectedApplication } from './select-application.js';

/** What the card decided (9F10, bits 6 and 5 of its byte 5; JR/T 0025.12-2013 annex D). */
export type CryptogramType = 'application-authentication' | 'authorisation-request' | 'transaction-certificate';

export interface ProcessingOptions {
  readonly cryptogramType: CryptogramType;
  readonly card: CardData;
}

interface AnswerRules {
  readonly repeatedData?: 'allowed' | 'refused' | undefined;
  /** A pre-authorization returns no cryptogram (JR/T 0025.14-2013 6.2.2): whether 9F26 is absent or zeros is not said. */
  readonly withoutCryptogram?: boolean | undefined;
}

/** With its header `83 81 length` the data still fits a short command. */
const DATA_LENGTH_MAX = 252;
const PROFILE_LENGTH = 2;
const QUALIFIERS_LENGTH = 4;

/** JR/T 0025.12-2013 tables 11 and 12. */
const CRYPTOGRAM = '9F26';
const ALWAYS_MANDATORY = ['82', '9F36', '9F10', CRYPTOGRAM];
const CRYPTOGRAM_TYPES: readonly (CryptogramType | undefined)[] = [
  'application-authentication',
  'transaction-certificate',
  'authorisation-request',
];

/**
 * GET PROCESSING OPTIONS with what the PDOL asks for (JR/T 0025.12-2013 6.5.2). Whatever the terminal does not know is
 * zeros; so is 95, for nothing has been verified yet (table 10), and DF69 unless the terminal says that it has the
 * algorithms of part 17.
 */
export function* getOptions(
  application: SelectedApplication,
  terminalData: DataMap,
  { repeatedData = 'allowed', withoutCryptogram = false }: AnswerRules = {},
): Exchange<Step<ProcessingOptions>> {
  const list = application.processingOptionsDataObjectList;
  const length = decodeDataObjectList(list).reduce((sum, entry) => sum + entry.length, 0);
  if (length > DATA_LENGTH_MAX) return terminate('answer-invalid', { tag: '9F38' });
  const command = getProcessingOptions(buildDataObjectList(list, terminalData));
  const answer = yield* exchange('get-processing-options', command);
  if (!answer.ok) return answer;
  const { statusWord, data } = answer.value;
  if (statusWord !== STATUS_OK) return useAnotherInterface('processing-options-refused', { statusWord });
  const card = readAnswer(data, application, repeatedData);
  if (!card.ok) return card;
  const path = contactlessPath(terminalData.get('9F66') ?? new Uint8Array(QUALIFIERS_LENGTH), card.value);
  if (path !== 'qpboc' && !withoutCryptogram) return useAnotherInterface(path);
  return readDecision(card.value, withoutCryptogram);
}

/** Format 1 (80): profile and file locator one after the other; format 2 (77): data objects (EMV 4.3 Book 3 §6.5.8.4). */
function readAnswer(
  data: Uint8Array,
  application: SelectedApplication,
  repeatedData: 'allowed' | 'refused',
): Step<CardData> {
  const template = readTemplate(data, '77', '80');
  if (!template.ok) return template;
  const card = new CardData(application.data, repeatedData);
  const { tag, value } = template.value;
  if (tag === '77') {
    const added = card.add(template.value);
    return added.ok ? proceed(card) : added;
  }
  if (value.length < PROFILE_LENGTH) return terminate('answer-invalid', { tag: '80' });
  card.set('82', value.subarray(0, PROFILE_LENGTH));
  if (value.length > PROFILE_LENGTH) card.set('94', value.subarray(PROFILE_LENGTH));
  return proceed(card);
}

function readDecision(card: CardData, withoutCryptogram: boolean): Step<ProcessingOptions> {
  const mayLack = withoutCryptogram ? CRYPTOGRAM : undefined;
  const missing = ALWAYS_MANDATORY.find((tag) => tag !== mayLack && !card.get(tag)?.length);
  if (missing !== undefined) return terminate('mandatory-data-missing', { tag: missing });
  const wrong = (
    [
      ['82', 2],
      ['9F36', 2],
      [CRYPTOGRAM, 8],
    ] as const
  ).find(([tag, size]) => (card.get(tag)?.length ?? (tag === mayLack ? size : 0)) !== size);
  if (wrong !== undefined) return terminate('answer-invalid', { tag: wrong[0] });
  const verificationResults = card.get('9F10')?.[4];
  if (verificationResults === undefined) return terminate('answer-invalid', { tag: '9F10' });
  const cryptogramType = CRYPTOGRAM_TYPES[(verificationResults >> 4) & 0x03];
  if (cryptogramType === undefined) return terminate('cryptogram-type-unknown', { tag: '9F10' });
  const alsoMandatory = cryptogramType === 'transaction-certificate' ? '94' : '57';
  return card.get(alsoMandatory)?.length
    ? proceed({ cryptogramType, card })
    : terminate('mandatory-data-missing', { tag: alsoMandatory });
}
