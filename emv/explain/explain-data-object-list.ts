import { toHex } from '../bytes.js';
import { decodeDataObjectList } from '../tlv/index.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';
import { nameOf } from './lists.js';

/**
 * The entries of a data object list, each with the length wanted as its value (EMV 4.3 Book 3 §5.4). Throws `TlvError`
 * where the bytes are not such a list.
 *
 * @example explainDataObjectList(fromHex('9F3704'))  // [{ tag: '9F37', name: …, value: '04', meaning: '4 bytes' }]
 */
export function explainDataObjectList(bytes: Uint8Array, options: ExplainOptions = {}): ExplainedObject[] {
  const language = options.language ?? 'en';
  return decodeDataObjectList(bytes).map(({ tag, length }) => ({
    tag,
    name: nameOf(tag, language),
    value: toHex(Uint8Array.of(length)),
    meaning: language === 'zh' ? `${length} 字节` : `${length} ${length === 1 ? 'byte' : 'bytes'}`,
  }));
}
