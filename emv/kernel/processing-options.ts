import { buildDataObjectList, type DataMap } from '../tlv/index.js';
import type { CardData } from './card-data.js';
import { readTemplate } from './read-template.js';
import type { SelectedApplication } from './selected-application.js';
import { proceed, type Step, terminate } from './transaction-outcome.js';

const NOTHING = new Uint8Array(0);
/** With its header `83 81 length` the data still fits a short command. */
const DATA_LENGTH_MAX = 252;
export const PROFILE_LENGTH = 2;

/** What the application asks for (9F38), for GET PROCESSING OPTIONS. */
export function processingOptionsData(
  { processingOptionsDataObjectList: list = NOTHING }: SelectedApplication,
  data: DataMap,
): Step<Uint8Array> {
  const asked = buildDataObjectList(list, data);
  return asked.length > DATA_LENGTH_MAX ? terminate('answer-invalid', { tag: '9F38' }) : proceed(asked);
}

/**
 * The answer to GET PROCESSING OPTIONS, and which it was. Format 1 (80): profile and file locator one after the other;
 * format 2 (77): data objects (EMV 4.3 Book 3 §6.5.8.4). Whether they are whole is for the kernel to say.
 */
export function readProcessingOptions(answer: Uint8Array, card: CardData): Step<'77' | '80'> {
  const template = readTemplate(answer, '77', '80');
  if (!template.ok) return template;
  const { tag, value } = template.value;
  if (tag === '77') {
    const added = card.add(template.value);
    return added.ok ? proceed(tag) : added;
  }
  card.set('82', value.subarray(0, PROFILE_LENGTH));
  if (value.length > PROFILE_LENGTH) card.set('94', value.subarray(PROFILE_LENGTH));
  return proceed('80');
}
