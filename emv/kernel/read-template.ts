import { type DataObject, decode, TlvError } from '../tlv/index.js';
import { proceed, type Step, terminate } from './transaction-outcome.js';

/** The one template that an answer must consist of (EMV 4.3 Book 3 §6.3.4). */
export function readTemplate(data: Uint8Array, ...tags: readonly string[]): Step<DataObject> {
  try {
    const [template, ...others] = decode(data);
    if (template !== undefined && others.length === 0 && tags.includes(template.tag)) return proceed(template);
  } catch (error) {
    if (!(error instanceof TlvError)) throw error;
  }
  return terminate('answer-invalid', tags[0] === undefined ? {} : { tag: tags[0] });
}
