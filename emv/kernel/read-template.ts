import { type DataObject, onlyObject } from '../tlv/index.js';
import { proceed, type Step, terminate } from './transaction-outcome.js';

/** The one template that an answer must consist of (EMV 4.3 Book 3 §6.3.4). */
export function readTemplate(data: Uint8Array, ...tags: readonly string[]): Step<DataObject> {
  const template = onlyObject(data, ...tags);
  if (template !== undefined) return proceed(template);
  return terminate('answer-invalid', tags[0] === undefined ? {} : { tag: tags[0] });
}
