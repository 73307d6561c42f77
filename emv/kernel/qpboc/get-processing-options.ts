import { getProcessingOptions } from '../../apdu/index.js';
import type { DataMap } from '../../tlv/index.js';
import { CardData } from '../card-data.js';
import { type Exchange, exchange } from '../exchange.js';
import { PROFILE_LENGTH, processingOptionsData, readProcessingOptions } from '../processing-options.js';
import type { SelectedApplication } from '../selected-application.js';
import { STATUS_OK } from '../status-word.js';
import { proceed, type Step, terminate, useAnotherInterface } from '../transaction-outcome.js';
import { contactlessPath } from './contactless-path.js';

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
  const asked = processingOptionsData(application, terminalData);
  if (!asked.ok) return asked;
  const answer = yield* exchange('get-processing-options', getProcessingOptions(asked.value));
  if (!answer.ok) return answer;
  const { statusWord, data } = answer.value;
  if (statusWord !== STATUS_OK) return useAnotherInterface('processing-options-refused', { statusWord });
  const card = new CardData(application.data, repeatedData);
  const read = readProcessingOptions(data, card);
  if (!read.ok) return read;
  const isCut = read.value === '80' && card.get('82')!.length < PROFILE_LENGTH;
  if (isCut) return terminate('answer-invalid', { tag: '80' });
  const path = contactlessPath(terminalData.get('9F66') ?? new Uint8Array(QUALIFIERS_LENGTH), card);
  if (path !== 'qpboc' && !withoutCryptogram) return useAnotherInterface(path);
  return readDecision(card, withoutCryptogram);
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
